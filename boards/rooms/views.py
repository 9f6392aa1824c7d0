"""Live rooms."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.moderation.policy import ContentPolicy
from boards.policy import demand, demand_form
from boards.rooms.actions import close_room, delete_message, edit_message, open_room, post_message, reopen_room
from boards.rooms.forms import EditForm, MessageForm, RoomForm
from boards.rooms.models import Message, Room
from boards.rooms.policy import MessagePolicy, RoomPolicy
from boards.rooms.queries import composer, room_page, rooms_of
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
    context = {"board": board, "rooms": rooms_of(board), "form": form, "may_manage": policy.manage}
    return render(request, "rooms/rooms.html", context, status=form.status)


def _room(request: Request, pk: int) -> Room:
    return get_object_or_404(Room.objects.visible_to(request.person).select_related("board"), pk=pk)


@door(RoomPolicy.read)
@require_GET
def room(request: Request, pk: int) -> HttpResponse:
    """The room; a script that asks for what was said before a message gets the log alone."""
    context = room_page(_room(request, pk), request.person, request.GET.get("before"))
    return fragment(request, "rooms/_log.html", context, otherwise=lambda: render(request, "rooms/room.html", context))


@door(RoomPolicy.post)
@require_http_methods(["GET", "POST"])
def messages(request: Request, pk: int) -> HttpResponse:
    """The composer, and where it posts: 201 for a new message, 200 for one that has arrived before."""
    found = _room(request, pk)
    if request.method == "GET":
        return fragment(request, "rooms/_composer.html", composer(found, request.person), otherwise=found)
    form = MessageForm(request.POST)
    message = form.attempt(post_message, found, author=request.person, **form.cleaned_data) if form.is_valid() else None
    if message is not None:
        status = 200 if message.repeated else 201
        return fragment(request, "rooms/_message.html", {"message": message}, otherwise=message, status=status)
    if wants_fragment(request):
        return render(request, "_errors.html", {"form": form}, status=form.status)
    return render(request, "rooms/room.html", room_page(found, request.person, form=form), status=form.status)


@door(RoomPolicy.manage)
@require_POST
def closing(request: Request, pk: int) -> HttpResponse:
    return redirect(close_room(_room(request, pk), by=request.person))


@door(RoomPolicy.manage)
@require_POST
def opening(request: Request, pk: int) -> HttpResponse:
    return redirect(reopen_room(_room(request, pk), by=request.person))


def _message(request: Request, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.person).shown().select_related("room__board"), pk=pk)


@door(RoomPolicy.read)
@require_GET
def acts(request: Request, pk: int) -> HttpResponse:
    """What this person may do with this message."""
    message = _message(request, pk)
    policy = MessagePolicy(request.person, message)
    context = {
        "message": message,
        "may_edit": policy.edit,
        "may_delete": policy.delete,
        "may_hide": ContentPolicy(request.person, message).hide,
        "content_policy": ContentPolicy(request.person, message),
    }
    return fragment(request, "rooms/_acts.html", context, otherwise=lambda: render(request, "rooms/acts.html", context))


@door(MessagePolicy.edit)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    message = _message(request, pk)
    demand_form(MessagePolicy(request.person, message).edit, typed=request.method == "POST")
    form = EditForm(request.POST or None, initial={"body": message.body})
    if request.method == "POST" and form.is_valid():
        form.attempt(edit_message, message, by=request.person, **form.cleaned_data)
        if not form.errors:
            return redirect(message)
    return render(request, "rooms/edit.html", {"form": form, "message": message}, status=form.status)


@door(MessagePolicy.delete)
@require_http_methods(["GET", "POST"])
def deletion(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take the text away."""
    message = _message(request, pk)
    if request.method == "POST":
        return redirect(delete_message(message, by=request.person))
    demand(MessagePolicy(request.person, message).delete)
    return render(request, "rooms/deletion.html", {"message": message})
