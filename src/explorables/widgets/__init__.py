"""The widgets that come with the package, one a file."""
