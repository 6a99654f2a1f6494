<?php
// CentralAuth is not packaged. Of its list=globalusers only what tells who is locked: here whoever has a page
// MediaWiki:Locked/NAME, which only organisers can make.
use Wikimedia\ParamValidator\ParamValidator;

class CallboardGlobalUsers extends ApiQueryBase {
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'gus' );
	}

	public function execute() {
		foreach ( $this->extractRequestParams()['users'] as $name ) {
			$title = Title::makeTitleSafe( NS_MEDIAWIKI, "Locked/$name" );
			$said = [ 'name' => $name, 'locked' => $title !== null && $title->exists() ];
			$this->getResult()->addValue( [ 'query', $this->getModuleName() ], null, $said );
		}
	}

	protected function getAllowedParams() {
		return [
			'users' => [ ParamValidator::PARAM_ISMULTI => true, ParamValidator::PARAM_REQUIRED => true ],
			'prop' => [ ParamValidator::PARAM_ISMULTI => true, ParamValidator::PARAM_TYPE => [ 'locked' ] ],
		];
	}
}
