"""Which handler a request goes to: a pressed choice first, then a command, else it is a question."""

from dataclasses import dataclass, field, replace

from handlers import commands
from handlers.commands import Handler
from handlers.demos import pressing
from handlers.errors import UnknownCommand
from handlers.listen import listen
from handlers.messages import Request
from handlers.notice import first_contact
from handlers.pressing import pressed

LONGEST_NAME = 40  # characters of an unknown command that are told back


LISTEN, PRESSED = first_contact(listen), first_contact(pressed)


def _commands() -> dict[str, Handler]:
    return {name: first_contact(handler) for name, handler in commands.index().items()}


@dataclass(frozen=True, slots=True)
class Routes:
    """The handlers, by what asks for them."""

    commands: dict[str, Handler] = field(default_factory=_commands)
    ask: Handler = LISTEN
    press: Handler = PRESSED

    def stops(self, request: Request) -> bool:
        """Tell whether the learner wants what runs to be stopped."""
        if request.press:
            return pressing.stops(request.press)
        parsed = commands.parse(request.text)
        return parsed is not None and parsed[0] in commands.STOP

    def name(self, request: Request) -> str:
        """Name the handler for the log, without a word of the learner's."""
        parsed = commands.parse(request.text)
        if request.press:
            return "press"
        return parsed[0] if parsed and (parsed[0] in self.commands or parsed[0] in commands.STOP) else "ask"

    def route(self, request: Request) -> tuple[Handler, Request]:
        """Give the handler, and the request as it wants it. Raises UnknownCommand."""
        if request.press:
            return self.press, request
        parsed = commands.parse(request.text)
        if parsed is None:
            return self.ask, request
        if parsed[0] not in self.commands:
            raise UnknownCommand(name=parsed[0][:LONGEST_NAME])
        return self.commands[parsed[0]], replace(request, text=parsed[1])
