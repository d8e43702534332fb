"""simcord's Discord behind real HTTP and a real WebSocket on loopback: for the real client, gateway and all.

What Discord checks (limits, permissions, acknowledgements) simcord's backend checks; here are the wires: tokens, rate
limits, failures, dropped connections, and a gateway that can close, resume and declare sessions invalid.
"""

import asyncio
import copy
import io
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import BodyPartReader, WSMsgType, web
from simcord import intents as simcord_intents
from simcord import interactions
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.components import walk_components
from simcord.enums import InteractionType
from simcord.http import client as _routes  # noqa: F401  # registers every route
from simcord.http.router import dispatch

TOKEN = "MTA.discord-server.secret"
OPEN = re.compile(r"/(interactions|webhooks)/")  # these carry a token of their own
GLOBAL_LIMIT = 50  # requests a second
HEARTBEAT = 41_250  # milliseconds, as Discord says


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does: its clients look for exactly this content type."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


class RealClock(Clock):
    """Goes as clocks go: an interaction waits three real seconds."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Fault:
    """What goes wrong with the next `times` requests whose line matches."""

    line: str  # a pattern for "POST /channels/1/messages"
    status: int = 0  # 0: the connection is dropped
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    times: int = 1
    after: bool = False  # it is done, but the answer gets lost


@dataclass
class Upload:
    """A file as simcord's routes read it."""

    filename: str
    description: str | None
    fp: io.BytesIO


class DiscordServer:
    """One Discord with one server of people, one channel, and the bot."""

    def __init__(self) -> None:
        self.backend = Backend(clock=RealClock())
        self.backend.bot_user.name = "Sinapse"
        self.guild = self.backend.create_guild("Deep Learning")
        self.channel = self.backend.create_channel(self.guild.id, "dúvidas")
        self.people: dict[str, int] = {}
        self.faults: deque[Fault] = deque()
        self.lines: list[str] = []  # every request
        self.times: list[float] = []  # when it came
        self.identified: list[dict[str, Any]] = []
        self.resumed = 0
        self.refused = 0  # requests, for there were too many
        self._recent: deque[float] = deque()
        self.refuse_with = 0  # a close code for the next who identifies
        self.resumable = True
        self.guild_changes: dict[str, Any] = {}  # what GUILD_CREATE says otherwise
        self.connected = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._events: list[dict[str, Any]] = []  # of the session, for a resume
        self._last: tuple[str, Any] = ("", None)
        self._intents = discord.Intents.none()
        self._nonces: dict[tuple[str, str], Any] = {}
        self._changed = asyncio.Condition()
        self.port = 0
        self.backend.subscribers.append(self._emit)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["DiscordServer"]:
        """Listen on a free port of the loopback."""
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    # ---- what people do

    def person(self, name: str) -> int:
        """Give a member's id; whom one doesn't know yet, joins."""
        if name not in self.people:
            self.people[name] = self.backend.make_user(name).id
            self.backend.add_member(self.guild.id, self.people[name], announce=True)
        return self.people[name]

    def private(self, name: str) -> int:
        """Give the channel of a person's direct messages."""
        return self.backend.get_dm_channel(self.person(name)).id

    def say(self, name: str, text: str, channel: int | None = None, reply_to: int | None = None) -> int:
        """Write a message; gives its id."""
        where = channel or self.channel.id
        reference = {"channel_id": str(where), "message_id": str(reply_to)} if reply_to else None
        if reference:
            reference = self.backend.normalize_message_reference(where, reference)
        return self.backend.create_message(where, self.person(name), text, reference=reference).id

    def mention(self, text: str) -> str:
        return f"<@{self.backend.bot_user.id}> {text}"

    def slash(self, name: str, command: str, channel: int | None = None, **options: str) -> int:
        """Give a slash command; gives the interaction's id."""
        registered = self.backend.find_command(command, None, type=1)
        assert registered is not None, f"/{command} isn't registered"
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        data = {"id": registered["id"], "name": command, "type": 1, "options": given}
        return self._interact(name, InteractionType.APPLICATION_COMMAND, channel, data)

    def press(self, name: str, message: int, label: str, channel: int | None = None) -> int:
        """Press a button, or choose an option, by its label; gives the interaction's id."""
        stored = self.backend.get_message(channel or self.channel.id, message)
        for component in walk_components(stored.components):
            if component.get("label") == label and component.get("custom_id"):
                data = {"custom_id": component["custom_id"], "component_type": 2}
                return self._press(name, stored, data)
            for option in component.get("options") or []:
                if option["label"] == label:
                    data = {"custom_id": component["custom_id"], "component_type": 3, "values": [option["value"]]}
                    return self._press(name, stored, data)
        raise AssertionError(f"nothing is called {label!r}")

    def _press(self, name: str, stored: Any, data: dict[str, Any]) -> int:
        message = dict(serializers.message_payload(self.backend, stored))
        return self._interact(name, InteractionType.MESSAGE_COMPONENT, stored.channel_id, data, message)

    def fill_in(self, name: str, modal: dict[str, Any], text: str) -> int:
        """Fill a modal's input in; gives the interaction's id."""
        box = {"type": 4, "custom_id": "text", "value": text}
        data = {"custom_id": modal["custom_id"], "components": [{"type": 18, "component": box}]}
        return self._interact(name, InteractionType.MODAL_SUBMIT, None, data)

    def _interact(
        self, name: str, kind: int, channel: int | None, data: dict[str, Any], message: dict[str, Any] | None = None
    ) -> int:
        where = self.backend.get_channel(channel or self.channel.id)
        record, payload = interactions.base_payload(
            self.backend, type=kind, channel_id=where.id, guild_id=where.guild_id, user_id=self.person(name), data=data
        )
        payload |= {"locale": "pt-BR"} | ({"message": message} if message else {})
        record.source_message_id = int(message["id"]) if message else None
        self.backend.emit("INTERACTION_CREATE", payload)
        return record.id

    def repeat(self, **changes: str) -> None:
        """Deliver the last message or interaction once more, or one like it."""
        event, data = self._last
        self._send(event, data | changes)

    # ---- what they see

    def shown(self, channel: int | None = None) -> list[Any]:
        """List the bot's messages in a channel, oldest first; those being thought about aren't any yet."""
        stored = self.backend.messages[channel or self.channel.id].values()
        bot = self.backend.bot_user.id
        return [m for m in stored if m.author_id == bot and (m.embeds or m.content or m.components)]

    async def until(self, condition: Callable[[], Any], patience: float = 10.0) -> Any:
        """Wait until something is so; gives it. Looks again after every request and event."""
        async with asyncio.timeout(patience), self._changed:
            while not (found := condition()):
                await self._changed.wait()
            return found

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # ---- the REST API

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        line = f"{request.method} {path}"
        self.lines.append(line)
        self.times.append(time.monotonic())
        fault = self._fault(line)
        try:
            if fault and not fault.after:
                return self._failed(request, fault)
            if not OPEN.match(path) and request.headers.get("Authorization") != f"Bot {TOKEN}":
                return _json({"message": "401: Unauthorized", "code": 0}, status=401)
            if not OPEN.match(path) and self._is_too_much():
                self.refused += 1
                return _json({"message": "slow", "retry_after": 1.0, "global": True}, 429, {"Via": "1.1 google"})
            answer = await self._do(request, path)
        except BackendError as error:
            return _json(error.to_json(), status=error.status)
        finally:
            await self._note()
        if fault:
            return self._failed(request, fault)
        return _json(answer) if answer is not None else web.Response(status=204)

    def _is_too_much(self) -> bool:
        """Count a request against the global limit: 50 in any second."""
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        self._recent.append(now)
        return len(self._recent) > GLOBAL_LIMIT

    def _fault(self, line: str) -> Fault | None:
        fault = next((f for f in self.faults if re.search(f.line, line)), None)
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
        return fault

    def _failed(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.status:
            return _json(fault.body, status=fault.status, headers=fault.headers)
        assert request.transport is not None
        request.transport.close()
        raise asyncio.CancelledError

    async def _do(self, request: web.Request, path: str) -> Any:
        body, files = await self._read(request)
        nonce = (path, str(body.get("nonce"))) if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce in self._nonces:
            return self._nonces[nonce]
        answer = dispatch(
            self.backend, request.method, path, json=body, params=dict(request.query), files=files,
            message_content_access=self._intents.message_content,
        )  # fmt: skip
        if nonce:
            self._nonces[nonce] = answer
        return answer

    async def _read(self, request: web.Request) -> tuple[Any, list[Any]]:
        if request.content_type == "multipart/form-data":
            body, files = {}, []
            async for part in await request.multipart():
                assert isinstance(part, BodyPartReader)
                if part.name == "payload_json":
                    body = json.loads(await part.text())
                else:
                    files.append(Upload(part.filename or "", None, io.BytesIO(await part.read())))
            described = body.get("data", body).get("attachments") or []
            for upload, meta in zip(files, described, strict=False):
                upload.description = meta.get("description")
            return body, files
        return (await request.json() if request.can_read_body else None), []

    # ---- the gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": HEARTBEAT}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._take(socket, message.json())
        if self._socket is socket:
            self._socket = None
            self.connected.clear()
        return socket

    async def _take(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        match frame["op"]:
            case 1:
                await socket.send_json({"op": 11})
            case 2 if self.refuse_with:
                await socket.close(code=self.refuse_with)
            case 2:
                self.identified.append(frame["d"])
                self._intents = discord.Intents._from_value(frame["d"]["intents"])
                self._socket, self._events = socket, []
                self._ready()
            case 6 if self.resumable:
                self.resumed += 1
                missed = [e for e in self._events if e["s"] > frame["d"]["seq"]]
                self._socket = socket
                for event in missed:
                    await socket.send_json(event)
                self._send("RESUMED", {})
                self.connected.set()
            case 6:
                self.resumable = True
                await socket.send_json({"op": 9, "d": False})
        await self._note()

    def _ready(self) -> None:
        user = dict(serializers.user_payload(self.backend.bot_user))
        guilds = [{"id": str(guild), "unavailable": True} for guild in self.backend.guilds]
        self._send("READY", {
            "v": 10, "user": user, "guilds": guilds, "session_id": "s1", "resume_gateway_url": self.gateway_url,
            "application": {"id": str(self.backend.application_id), "flags": 0},
        })  # fmt: skip
        for guild in self.backend.guilds.values():
            self._emit("GUILD_CREATE", serializers.guild_create_payload(self.backend, guild))
        self.connected.set()

    def _emit(self, event: str, payload: Any) -> None:
        """Send an event as Discord would: what the intents keep out isn't sent, or without its text."""
        gate = simcord_intents.required_intent(event, payload)
        if gate is not None and not getattr(self._intents, gate):
            return
        data = copy.deepcopy(dict(payload))
        if not self._intents.message_content and event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            simcord_intents.censor_message(data, self.backend.bot_user.id, backend=self.backend)
        if event == "GUILD_CREATE":
            simcord_intents.prune_guild_create(data, self._intents, self.backend.bot_user.id)
            data |= self.guild_changes
        self._send(event, data)
        by_bot = data.get("author", {}).get("id") == str(self.backend.bot_user.id)
        if event == "INTERACTION_CREATE" or (event == "MESSAGE_CREATE" and not by_bot):
            self._last = (event, data)

    def _send(self, event: str, data: Any) -> None:
        frame = {"op": 0, "t": event, "s": len(self._events) + 1, "d": data}
        self._events.append(frame)
        if self._socket is not None and not self._socket.closed:
            asyncio.get_running_loop().create_task(self._socket.send_json(frame))

    async def hang_up(self, code: int = 4000) -> None:
        """Close the gateway's connection."""
        socket = self._socket
        self.connected.clear()
        self._socket = None
        if socket is not None:
            await socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send what Discord sends before it moves a connection."""
        assert self._socket is not None
        self.connected.clear()
        await self._socket.send_json({"op": 7, "d": None})
