"""The local page: the only part of the program that imports a server."""
