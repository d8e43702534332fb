"""The Discord front-end: the one package that imports discord."""
