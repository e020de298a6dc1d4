"""The `advice` command: thin layers over the packages."""
