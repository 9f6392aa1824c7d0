"""Live rooms."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand, demand_form
from boards.proposals.queries import shown
from boards.rooms.actions import (
    cited,
    close_room,
    comment_from,
    delete_message,
    draft_from,
    edit_message,
    keep_place,
    open_room,
    pause_room,
    post_message,
    react,
    reopen_room,
    withdraw_reaction,
)
from boards.rooms.forms import (
    CitingForm,
    DraftForm,
    EditForm,
    MessageForm,
    PlaceForm,
    ReactionForm,
    ReasonForm,
    RoomForm,
)
from boards.rooms.models import Message, Room
from boards.rooms.policy import MessagePolicy, RoomPolicy
from boards.rooms.queries import composer, message_acts, place_of, room_name, room_of, room_page, rooms_of, state_panel
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.fragments import fragment, wants_fragment


@door(BoardPolicy.chat)
@require_http_methods(["GET", "POST"])
def rooms(request: Request, slug: str) -> HttpResponse:
    """The rooms of a board; a moderator opens another."""
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    policy = BoardPolicy(request.person, board)
    demand(policy.chat)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = form.attempt(open_room, board, by=request.person, **form.cleaned_data)
        if opened:
            return redirect(opened)
    context = {"board": board, "rooms": rooms_of(board, request.person), "form": form, "may_manage": policy.manage}
    return render(request, "rooms/rooms.html", context, status=form.status)


def _room(request: Request, pk: int) -> Room:
    return get_object_or_404(Room.objects.visible_to(request.person).select_related("board"), pk=pk)


@door(RoomPolicy.read)
@require_GET
def room(request: Request, pk: int) -> HttpResponse:
    """The room now, or before, after or around a message; a script that reads on gets the log alone."""
    asked = request.GET.get
    context = room_page(
        _room(request, pk), request.person,
        before=asked("before"), after=asked("after"), at=asked("at"), quoted=asked("quoted"),
    )  # fmt: skip
    return fragment(request, "rooms/_log.html", context, otherwise=lambda: render(request, "rooms/room.html", context))


@door(RoomPolicy.post)
@require_http_methods(["GET", "POST"])
def messages(request: Request, pk: int) -> HttpResponse:
    """The composer, and where it posts: 201 for a new message, 200 for one that has arrived before."""
    found = _room(request, pk)
    if request.method == "GET":
        return fragment(
            request, "rooms/_composer.html", composer(found, RoomPolicy(request.person, found)), otherwise=found
        )
    form = MessageForm(request.POST, room=found)
    message = form.attempt(post_message, found, author=request.person, **form.cleaned_data) if form.is_valid() else None
    if message is not None:
        status, place = 200 if message.repeated else 201, place_of(message)
        return fragment(request, "rooms/_message.html", {"message": message}, otherwise=place, status=status)
    if wants_fragment(request):
        return render(request, "_errors.html", {"form": form}, status=form.status)
    return render(request, "rooms/room.html", room_page(found, request.person, form=form), status=form.status)


@door(RoomPolicy.read)
@require_POST
def place(request: Request, pk: int) -> HttpResponse:
    """Remember how far this person has read; nobody is told."""
    found = _room(request, pk)
    form = PlaceForm(request.POST)
    message = get_object_or_404(found.messages, pk=form.cleaned_data["message"] if form.is_valid() else None)
    keep_place(found, by=request.person, message=message)
    return HttpResponse(status=204) if wants_fragment(request) else redirect(f"{found.get_absolute_url()}#newest")


@door(RoomPolicy.read)
@require_GET
def state(request: Request, pk: int) -> HttpResponse:
    """Whether the room is open, as a panel."""
    found = _room(request, pk)
    return fragment(
        request, "rooms/_state.html", state_panel(found, RoomPolicy(request.person, found)), otherwise=found
    )


def _turning(request: Request, pk: int, turn: Callable[..., Room], title: str) -> HttpResponse:
    """Ask for the reason, then turn the room."""
    found = _room(request, pk)
    demand_form(RoomPolicy(request.person, found).manage, typed=request.method == "POST")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(turn, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(found)
    return render(request, "rooms/turning.html", {"form": form, "room": found, "title": title}, status=form.status)


@door(RoomPolicy.manage)
@require_http_methods(["GET", "POST"])
def closing(request: Request, pk: int) -> HttpResponse:
    return _turning(request, pk, close_room, _("토론방 닫기"))


@door(RoomPolicy.manage)
@require_http_methods(["GET", "POST"])
def pause(request: Request, pk: int) -> HttpResponse:
    return _turning(request, pk, pause_room, _("토론방 잠시 멈추기"))


@door(RoomPolicy.manage)
@require_POST
def opening(request: Request, pk: int) -> HttpResponse:
    return redirect(reopen_room(_room(request, pk), by=request.person))


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def of_proposal(request: Request, pk: int) -> HttpResponse:
    """Lead into the room of a proposal; where there is none, its moderator opens it."""
    proposal = get_object_or_404(shown(request.person).published(), pk=pk)
    if there := room_of(proposal, request.person)["room"]:
        return redirect(there)
    demand(BoardPolicy(request.person, proposal.board).manage)
    form = RoomForm(request.POST or None, initial={"name": room_name(proposal)})
    if request.method == "POST" and form.is_valid():
        opened = form.attempt(open_room, proposal.board, by=request.person, proposal=proposal, **form.cleaned_data)
        if opened:
            return redirect(opened)
    return render(request, "rooms/of_proposal.html", {"form": form, "proposal": proposal}, status=form.status)


def _message(request: Request, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.person).shown().select_related("room__board"), pk=pk)


@door(RoomPolicy.read)
@require_GET
def acts(request: Request, pk: int) -> HttpResponse:
    """What this person may do with this message."""
    message = _message(request, pk)
    context = message_acts(message, request.person)
    return fragment(request, "rooms/_acts.html", context, otherwise=lambda: render(request, "rooms/acts.html", context))


@door(MessagePolicy.react)
@require_POST
def reactions(request: Request, pk: int) -> HttpResponse:
    """Put a sign under a message, or take it back when the form says `withdraw`."""
    message = _message(request, pk)
    form = ReactionForm(request.POST)
    if form.is_valid():
        form.attempt(
            withdraw_reaction if "withdraw" in request.POST else react, message, by=request.person, **form.cleaned_data
        )
    context = message_acts(_message(request, pk), request.person) | {"form": form}
    if form.errors and not wants_fragment(request):
        return render(request, "rooms/acts.html", context, status=form.status)
    return fragment(request, "rooms/_acts.html", context, otherwise=place_of(message), status=form.status)


@door(MessagePolicy.draft)
@require_http_methods(["GET", "POST"])
def draft(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then begin a draft with the message's words."""
    message = _message(request, pk)
    form = DraftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("proposal_edit", pk=draft_from(message, by=request.person, **form.cleaned_data).pk)
    demand(MessagePolicy(request.person, message).draft)
    return render(request, "rooms/draft.html", {"form": form, "message": message}, status=form.status)


@door(MessagePolicy.comment)
@require_http_methods(["GET", "POST"])
def comment(request: Request, pk: int) -> HttpResponse:
    """A comment on one of the board's proposals that begins with the message's words."""
    message = _message(request, pk)
    demand_form(MessagePolicy(request.person, message).comment, typed=request.method == "POST")
    initial = {"body": f"{cited(message)}\n\n", "client_id": uuid4()}
    form = CitingForm(request.POST or None, message=message, person=request.person, initial=initial)
    if request.method == "POST" and form.is_valid():
        posted = form.attempt(comment_from, message, author=request.person, **form.cleaned_data)
        if posted:
            return redirect(posted)
    return render(request, "rooms/comment.html", {"form": form, "message": message}, status=form.status)


@door(MessagePolicy.edit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    message = _message(request, pk)
    demand_form(MessagePolicy(request.person, message).edit, typed=request.method == "POST")
    form = EditForm(request.POST or None, initial={"body": message.body})
    if request.method == "POST" and form.is_valid():
        form.attempt(edit_message, message, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(place_of(message))
    return render(request, "rooms/edit.html", {"form": form, "message": message}, status=form.status)


@door(MessagePolicy.delete)
@require_http_methods(["GET", "POST"])
def deletion(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take the text away."""
    message = _message(request, pk)
    if request.method == "POST":
        return redirect(place_of(delete_message(message, by=request.person)))
    demand(MessagePolicy(request.person, message).delete)
    return render(request, "rooms/deletion.html", {"message": message})


@door(RoomPolicy.read)
@require_GET
def message_place(request: Request, pk: int) -> HttpResponse:
    """Lead from a message's own address to its place in the room."""
    return redirect(place_of(get_object_or_404(Message.objects.visible_to(request.person), pk=pk)))
