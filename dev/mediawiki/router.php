<?php
// The front of PHP's built-in server: writes down each request, waits while the wiki is being reset,
// and sends the request where a web server would send it.
$callboardDir = getenv( 'CALLBOARD_WIKI_DIRECTORY' );
$callboardPath = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ?: '/' );
$callboardRoot = $_SERVER['DOCUMENT_ROOT'];

$callboardFile = realpath( $callboardRoot . $callboardPath );
$callboardAsset = '~^/(resources|skins|extensions)/.*\.(css|js|json|gif|jpe?g|png|svg|woff2?|ttf|ico|less|map)$~';
if ( $callboardFile !== false && is_file( $callboardFile ) && preg_match( $callboardAsset, $callboardPath ) ) {
	return false;
}

// Shared by requests, exclusive to a reset: whoever holds it, also while work is done after the answer
// was sent, keeps the database from being exchanged underneath.
$callboardGate = fopen( "$callboardDir/gate", 'c' );
flock( $callboardGate, LOCK_SH );

// A reset raises the number. The ids of revisions and texts start over then, so that nothing cached may
// stay; the workers share one cache, and the first that notices empties it.
$callboardGeneration = (string)@file_get_contents( "$callboardDir/generation" );
if ( function_exists( 'apcu_fetch' ) && apcu_fetch( 'callboard-generation' ) !== $callboardGeneration ) {
	apcu_clear_cache();
	apcu_store( 'callboard-generation', $callboardGeneration );
}

$callboardParams = array_map(
	static fn ( $value ) => is_string( $value ) && strlen( $value ) <= 200 ? $value : '…',
	array_diff_key( $_GET + $_POST, array_flip( [ 'password', 'lgpassword', 'token', 'lgtoken', 'logintoken' ] ) )
);
file_put_contents( "$callboardDir/requests.jsonl", json_encode( [
	'method' => $_SERVER['REQUEST_METHOD'],
	'path' => $callboardPath,
	'agent' => $_SERVER['HTTP_USER_AGENT'] ?? '',
	'params' => (object)$callboardParams,
	'time' => microtime( true ),
], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE ) . "\n", FILE_APPEND | LOCK_EX );

if ( preg_match( '~^/(api|load|rest|index)\.php(/|$)~', $callboardPath, $callboardMatch ) ) {
	$callboardEntry = $callboardMatch[1] . '.php';
} elseif ( $callboardPath === '/' || str_starts_with( $callboardPath, '/wiki/' ) ) {
	$callboardEntry = 'index.php';
} else {
	http_response_code( 404 );
	header( 'Content-Type: text/plain' );
	echo "Nothing here: $callboardPath\n";
	return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/$callboardEntry";
$_SERVER['SCRIPT_FILENAME'] = "$callboardRoot/$callboardEntry";
if ( $callboardEntry === 'rest.php' ) {
	$_SERVER['PATH_INFO'] = substr( $callboardPath, strlen( '/rest.php' ) );
}
// PHP's server ends an answer only when the script ends, so a client would wait for MediaWiki's deferred updates too, which
// take as long as the edit (measured). One that is told the length does not wait; behind FastCGI nobody does. Tests wait, to see what follows.
if ( getenv( 'CALLBOARD_WIKI_ANSWERS_FIRST' ) ) {
	ob_start( static function ( string $content, int $phase ): string {
		$whole = PHP_OUTPUT_HANDLER_START | PHP_OUTPUT_HANDLER_FINAL;
		if ( ( $phase & ( $whole | PHP_OUTPUT_HANDLER_CLEAN ) ) === $whole && !headers_sent() ) {
			header( 'Content-Length: ' . strlen( $content ) );
		}
		return $content;
	} );
}
chdir( $callboardRoot );
require "$callboardRoot/$callboardEntry";
