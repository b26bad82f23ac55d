"""What developers run on the project itself; never imported by the package."""
