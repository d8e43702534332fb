"""The texts of both languages, from the gettext catalogues."""

import gettext
from pathlib import Path

from knowledge.passages import LANGS, Lang

FOLDER = Path(__file__).parent / "locales"
LOCALES: dict[Lang, str] = {"pt": "pt_BR", "en": "en"}
DOMAIN = "sinapse"


class Catalogues:
    """Texts by language and key; `{name}` in a text is filled from the values."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read both catalogues. Raises FileNotFoundError where one isn't compiled."""
        self._catalogues = {lang: gettext.translation(DOMAIN, folder, [LOCALES[lang]]) for lang in LANGS}

    def __call__(self, lang: Lang, key: str, /, **values: object) -> str:
        """Give a text. Raises KeyError for an unknown key."""
        text = self._catalogues[lang].gettext(key)
        if text == key:
            raise KeyError(key)
        return text.format(**values) if values else text
