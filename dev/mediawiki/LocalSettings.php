<?php
// Settings of the development wiki, one file for every instance: what differs between instances
// (folder, port, what has been reset) comes from the environment and from the instance's folder.
if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}

$callboardDir = getenv( 'CALLBOARD_WIKI_DIRECTORY' );
$callboardShared = getenv( 'CALLBOARD_WIKI_SHARED' );

$wgSitename = 'Callboard development wiki';
$wgMetaNamespace = 'Project';
$wgServer = getenv( 'CALLBOARD_WIKI_URL' ) ?: 'http://127.0.0.1';
$wgScriptPath = '';
$wgArticlePath = '/wiki/$1';
$wgUsePathInfo = true;
$wgResourceBasePath = '';
$wgLanguageCode = 'en';
$wgLocaltimezone = 'UTC';
$wgSecretKey = str_repeat( 'callboard-development-', 3 );
$wgUpgradeKey = 'callboard';
$wgAuthenticationTokenVersion = '1';
// Several wikis live on 127.0.0.1 and cookies know no ports.
$wgCookiePrefix = 'callboard' . preg_replace( '/\D/', '', (string)parse_url( $wgServer, PHP_URL_PORT ) );

// --- storage -------------------------------------------------------------------------------------
$wgDBtype = 'sqlite';
$wgDBname = 'callboard';
$wgSQLiteDataDir = "$callboardDir/database";
$wgDBservers = [ [
	'type' => 'sqlite',
	'dbname' => $wgDBname,
	'dbDirectory' => $wgSQLiteDataDir,
	'tablePrefix' => '',
	'variables' => [ 'synchronous' => 'OFF' ],  // a crash of the machine may cost a wiki that can be made again
	'load' => 1,
	'flags' => DBO_DEFAULT,
] ];
$callboardStore = static fn ( string $name, string $folder ): array => [
	'class' => SqlBagOStuff::class,
	'loggroup' => 'SQLBagOStuff',
	'server' => [
		'type' => 'sqlite',
		'dbname' => $name,
		'tablePrefix' => '',
		'variables' => [ 'synchronous' => 'OFF' ],
		'dbDirectory' => $folder,
		'trxMode' => 'IMMEDIATE',
		'flags' => 0,
	],
];
$wgObjectCaches[CACHE_DB] = $callboardStore( 'wikicache', $wgSQLiteDataDir );
// Sessions outlive a reset, and the accounts keep their ids: whoever is logged in stays logged in.
$wgObjectCaches['sessions'] = $callboardStore( 'sessions', "$callboardDir/sessions" );
$wgSessionCacheType = 'sessions';
$wgMainCacheType = function_exists( 'apcu_fetch' ) ? CACHE_ACCEL : CACHE_DB;
$wgParserCacheType = $wgMainCacheType;
$wgMessageCacheType = $wgMainCacheType;
$wgCacheDirectory = "$callboardDir/cache";
$wgLocalisationCacheConf['storeClass'] = LCStoreStaticArray::class;
$wgLocalisationCacheConf['storeDirectory'] = "$callboardShared/localisation";
$wgTmpDirectory = "$callboardDir/temporary";
$wgEnableUploads = false;
$wgUploadDirectory = "$callboardDir/images";

// --- a wiki for tests: quick, quiet, without limits ------------------------------------------------
$wgRateLimits = [];
$wgJobRunRate = 0;  // jobs run when dev.devwiki runs them, never inside somebody's request
$wgPingback = false;
$wgEnableEmail = false;
$wgDiff3 = '/usr/bin/diff3';
$wgUseInstantCommons = false;
$wgAllowExternalImages = false;
$wgShowExceptionDetails = true;
$wgDeprecationReleaseLimit = '1.0';
$wgPasswordConfig['pbkdf2']['cost'] = '1000';  // passwords of invented people stand in the source
$wgPasswordPolicy['policies'] = [ 'default' => [ 'MinimalPasswordLength' => 1 ] ];
$wgPasswordAttemptThrottle = [];
$wgAutoConfirmAge = 0;
$wgAutoConfirmCount = 0;
$wgDefaultUserOptions['watchcreations'] = 0;
$wgDefaultUserOptions['watchdefault'] = 0;

// --- as on the wikis where events are held ---------------------------------------------------------
$wgNamespacesWithSubpages[NS_MAIN] = true;
$wgNamespacesWithSubpages[NS_TEMPLATE] = true;
$wgRestrictDisplayTitle = false;
$wgGroupPermissions['*']['createaccount'] = false;
$wgGroupPermissions['sysop']['createaccount'] = true;
$wgGroupPermissions['sysop']['deleterevision'] = true;

$wgDefaultSkin = 'vector-2022';
wfLoadSkin( 'Vector' );

$callboardExtensions = [
	'ParserFunctions', 'Cite', 'InputBox', 'Interwiki',
	'Scribunto', 'TemplateData',
	'AbuseFilter', 'TitleBlacklist', 'SpamBlacklist',
	'Echo', 'VisualEditor', 'Linter', 'DiscussionTools',
];
// What a long run can do without, to be quicker: `DiscussionTools,Echo`. Messages stay those of all extensions.
$callboardWithout = array_filter( explode( ',', getenv( 'CALLBOARD_WIKI_WITHOUT' ) ?: '' ) );
$wgLocalisationCacheConf['manualRecache'] = (bool)$callboardWithout;
foreach ( array_diff( $callboardExtensions, $callboardWithout ) as $callboardExtension ) {
	// 1.39 of older Debian lacks some of them.
	if ( is_file( "$IP/extensions/$callboardExtension/extension.json" ) ) {
		wfLoadExtension( $callboardExtension );
	}
}
$wgPFEnableStringFunctions = true;
$wgScribuntoDefaultEngine = extension_loaded( 'luasandbox' ) ? 'luasandbox' : 'luastandalone';
$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';
$wgTitleBlacklistSources = [ [ 'type' => 'localpage', 'src' => 'MediaWiki:Titleblacklist' ] ];
$wgBlacklistSettings = [ 'spam' => [ 'files' => [] ], 'email' => [ 'files' => [] ] ];  // only the local pages
$wgAbuseFilterActions['blockautopromote'] = false;
foreach ( [ 'abusefilter-modify', 'abusefilter-modify-restricted', 'abusefilter-log-detail' ] as $callboardRight ) {
	$wgGroupPermissions['sysop'][$callboardRight] = true;
}
$wgGroupPermissions['sysop']['interwiki'] = true;
$wgEchoUseJobQueue = false;
$wgDiscussionToolsEnable = true;

// Translate is not packaged. What it does to a source page that nobody looks at in translation is only this: its tags and
// unit markers vanish before the wikitext is parsed. With a `<translate>` goes the line end right after it, with a
// `</translate>` the one right before it, with a marker at the start of a unit the blank or line end after it, with one at the
// end of a line the blanks before it. Tags in nowiki stay. (It lets no page be saved on which its tags are unbalanced.)
$wgHooks['ParserBeforeInternalParse'][] = static function ( $parser, &$text ) {
	$parts = preg_split( '~(<nowiki>.*?</nowiki>)~s', $text, -1, PREG_SPLIT_DELIM_CAPTURE );
	$steps = [
		'~(<translate(?: nowrap)?>\s*|\n\n\s*)<!--T:[^>]*-->[ \n]~' => '$1',
		'~\s*<!--T:[^>]*-->$~m' => '',
		'~<translate(?: nowrap)?>\n?|\n?</translate>|<!--T:[^>]*-->|<languages\s*/>\n?|</?tvar[^<>]*>~' => '',
	];
	foreach ( $parts as $number => $part ) {
		if ( $number % 2 === 0 ) {
			$parts[$number] = preg_replace( array_keys( $steps ), array_values( $steps ), $part );
		}
	}
	$text = implode( '', $parts );
};

// LiquidThreads is not packaged. What the wiki knows of a page with its threads is one page property.
$wgHooks['ParserBeforeInternalParse'][] = static function ( $parser, &$text ) {
	if ( preg_match( '~\{\{#useliquidthreads:\s*(\d?)\s*\}\}~i', $text, $found ) ) {
		$parser->getOutput()->setPageProperty( 'use-liquid-threads', $found[1] === '0' ? '0' : '1' );
		$text = str_replace( $found[0], '', $text );
	}
};

// Nor is CentralAuth.
$wgAutoloadClasses['CallboardGlobalUsers'] = __DIR__ . '/GlobalUsers.php';
$wgAPIListModules['globalusers'] = 'CallboardGlobalUsers';
