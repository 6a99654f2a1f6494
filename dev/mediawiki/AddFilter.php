<?php
// Adds one abuse filter; the API has no way to.
use MediaWiki\Extension\AbuseFilter\AbuseFilterServices;
use MediaWiki\Extension\AbuseFilter\Filter\MutableFilter;
use MediaWiki\MediaWikiServices;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class AddFilter extends Maintenance {
	public function __construct() {
		parent::__construct();
		$this->addDescription( 'Adds an abuse filter' );
		foreach ( [ 'author', 'name', 'rules', 'action' ] as $argument ) {
			$this->addArg( $argument, $argument );
		}
	}

	public function execute() {
		$author = MediaWikiServices::getInstance()->getUserFactory()->newFromName( $this->getArg( 0 ) );
		$parameters = [ 'warn' => [ 'abusefilter-warning' ], 'disallow' => [ 'abusefilter-disallowed' ] ];
		$filter = MutableFilter::newDefault();
		$filter->setName( $this->getArg( 1 ) );
		$filter->setRules( $this->getArg( 2 ) );
		$filter->setGroup( 'default' );
		$filter->setEnabled( true );
		$filter->setActions( [ $this->getArg( 3 ) => $parameters[$this->getArg( 3 )] ?? [] ] );
		$status = AbuseFilterServices::getFilterStore()
			->saveFilter( $author, null, $filter, MutableFilter::newDefault() );
		if ( !$status->isGood() ) {
			$this->fatalError( 'the filter was not saved: ' . json_encode( $status->getErrors() ) );
		}
	}
}

$maintClass = AddFilter::class;
if ( defined( 'RUN_MAINTENANCE_IF_MAIN' ) ) {
	require_once RUN_MAINTENANCE_IF_MAIN;
}
