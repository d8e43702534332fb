"""Discord's limits, as its documentation states them (https://discord.com/developers/docs), counted in UTF-16 units.

Where Discord's page doesn't say what it counts, UTF-16 units are the largest of the candidates: what fits so, fits.
"""

# Messages (resources/message)
CONTENT = 2000
EMBEDS = 10  # of a message
EMBED_TOTAL = 6000  # titles, descriptions and footers of all embeds of a message
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FOOTER = 2048
FILES = 10
FILE_BYTES = 10 * 1024 * 1024  # without boosts
ALT = 1024  # an attachment's description
NONCE = 25

# Components (components/reference)
ROWS = 5
ROW_BUTTONS = 5
OPTIONS = 25  # of a select
BUTTON_LABEL = 80
OPTION_LABEL = 100
OPTION_VALUE = 100
PLACEHOLDER = 150
CUSTOM_ID = 100
MODAL_TITLE = 45
INPUT_LABEL = 45
INPUT = 4000

# Application commands (interactions/application-commands)
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100
SUGGESTIONS = 25
SUGGESTION = 100  # name and value
STRING_OPTION = 6000

# Channels (resources/channel)
THREAD_NAME = 100

# Rates (topics/rate-limits, and as observed)
REQUESTS, REQUEST_SECONDS = 50, 1.0  # of a bot; responses to interactions don't count
SENDS = 40  # of those
HINTS = 5  # "typing…"; what is left is for edits and threads
TYPING_SECONDS = 10.0  # that one "typing…" is shown
EDITS, EDIT_SECONDS = 5, 5.0  # of a channel's messages

# Interactions (interactions/receiving-and-responding)
ACKNOWLEDGE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0  # an interaction's
