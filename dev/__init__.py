"""What developers and the demo run: the development wiki, the Conduit development server, the demo."""
