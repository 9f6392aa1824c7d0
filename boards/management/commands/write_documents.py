"""manage.py write_documents: docs/lifecycle.md and docs/permissions.md from the code."""

from django.core.management.base import BaseCommand

from boards.documents import lifecycle_document, permissions_document
from forum.environment import ROOT


class Command(BaseCommand):
    help = "Write the documents that are made from the code."

    def handle(self, **options) -> None:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "lifecycle.md").write_text(lifecycle_document())
        (ROOT / "docs" / "permissions.md").write_text(permissions_document())
