<?php
// Fills a freshly installed wiki with the accounts, pages and interwiki prefixes of a JSON file.
use MediaWiki\MediaWikiServices;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class Populate extends Maintenance {
	public function __construct() {
		parent::__construct();
		$this->addDescription( 'Accounts, pages and interwiki prefixes of the development wiki' );
		$this->addArg( 'file', 'JSON: {"accounts": [], "pages": {}, "interwiki": {}}' );
	}

	public function execute() {
		$wanted = json_decode( file_get_contents( $this->getArg( 0 ) ), true, 512, JSON_THROW_ON_ERROR );
		$services = MediaWikiServices::getInstance();
		foreach ( $wanted['interwiki'] as $prefix => $url ) {
			$this->getDB( DB_PRIMARY )->replace( 'interwiki', [ [ 'iw_prefix' ] ], [
				'iw_prefix' => $prefix, 'iw_url' => $url, 'iw_api' => '', 'iw_wikiid' => '',
				'iw_local' => 1, 'iw_trans' => 0,
			], __METHOD__ );
		}
		foreach ( $wanted['accounts'] as $account ) {
			$this->account( $services, $account );
		}
		$author = $services->getUserFactory()->newFromName( $wanted['author'] );
		foreach ( $wanted['pages'] as $title => $text ) {
			$this->page( $services, $author, (string)$title, $text );
		}
	}

	private function account( MediaWikiServices $services, array $account ): void {
		$user = $services->getUserFactory()->newFromName( $account['name'] );
		if ( !$user ) {
			$this->fatalError( "not a user name: {$account['name']}" );
		}
		if ( !$user->isRegistered() ) {
			$user->addToDatabase();
		}
		$user->changeAuthenticationData( [
			'username' => $user->getName(),
			'password' => $account['password'], 'retype' => $account['password'],
		] );
		foreach ( $account['groups'] as $group ) {
			$services->getUserGroupManager()->addUserToGroup( $user, $group );
		}
		if ( $account['blocked'] ) {
			$blocker = $services->getUserFactory()->newFromName( $account['blocked_by'] );
			$status = $services->getBlockUserFactory()->newBlockUser(
				$user->getName(), $blocker, 'infinity', $account['blocked'],
				[ 'isCreateAccountBlocked' => true, 'isUserTalkEditBlocked' => true ]
			)->placeBlockUnsafe();
			if ( !$status->isOK() ) {
				$this->fatalError( "cannot block {$account['name']}" );
			}
		}
	}

	private function page( MediaWikiServices $services, $author, string $name, string $text ): void {
		$title = $services->getTitleFactory()->newFromTextThrow( $name );
		$content = ContentHandler::makeContent( $text, $title );
		$status = $services->getWikiPageFactory()->newFromTitle( $title )
			->doUserEditContent( $content, $author, 'Part of the development wiki' );
		if ( !$status->isOK() ) {
			$this->fatalError( "cannot write $name" );
		}
	}
}

$maintClass = Populate::class;
if ( defined( 'RUN_MAINTENANCE_IF_MAIN' ) ) {
	require_once RUN_MAINTENANCE_IF_MAIN;
}
