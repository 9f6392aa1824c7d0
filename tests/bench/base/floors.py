"""The floors a page is compared with, served by the same processes: what Django costs before any product is there.

`bare` is a signed-in page of one query. `plain` shows 500 comments as one flat template does it, nothing kept.
"""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from boards.discussion.models import Comment
from forum.urls import handler400, handler404, handler500  # noqa: F401 - Django looks for them here
from forum.urls import urlpatterns as product
from forum.web.doors import SIGNED_IN, door

BARE = Template("<!doctype html><title>{{ person.name }}</title><p>{{ person.name }}: {{ one }}</p>")
PLAIN = Template("""{% load i18n %}<!doctype html><title>{{ person.name }}</title><ol>
{% for comment in comments %}<li id="comment-{{ comment.pk }}" class="comment comment-depth-{{ comment.depth }}">
  <p class="comment-head"><span class="stance stance-{{ comment.stance }}">{{ comment.get_stance_display }}</span>
    <strong>{{ comment.author.name }}</strong>
    <a href="{% url "comment" comment.pk %}">{{ comment.created_at|date:"Y. n. j. H:i" }}</a>
    {% if comment.parent_id %}<a href="{% url "comment" comment.parent_id %}">{{ comment.parent.author.name }}</a>
    {% endif %}</p>
  <div class="prose">{{ comment.body|linebreaks }}</div>
  <p class="comment-links"><a href="{% url "comment_reply" comment.pk %}">{% translate "답글 쓰기" %}</a>
    <a href="{% url "comment_acts" comment.pk %}">{% translate "할 수 있는 일" %}</a></p></li>
{% endfor %}</ol>""")


@door(SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        (one,) = cursor.fetchone()
    return HttpResponse(BARE.render(Context({"person": request.user, "one": one})))


@door(SIGNED_IN)
def plain(request: HttpRequest, pk: int) -> HttpResponse:
    comments = Comment.objects.filter(proposal=pk).order_by("path").select_related("author", "parent__author")
    return HttpResponse(PLAIN.render(Context({"person": request.user, "comments": comments[:500]})))


urlpatterns = [*product, path("bench/bare/", bare), path("bench/plain/<int:pk>/", plain)]
