"""What the clock does about files."""

from itertools import batched

from django.db.models import Q

from boards.attachments import store
from boards.attachments.models import Attachment

GRACE = 60 * 60  # seconds between the writing of a file and the commit of its row, at the very most
BATCH = 500


def sweep_lone_files() -> int:
    """Remove files that no row names: of an act that was rolled back, or of a row that is gone; return how many."""
    swept = 0
    for paths in batched(store.older_than(GRACE), BATCH, strict=False):
        names = [path.name for path in paths]
        rows = Attachment.objects.filter(Q(file__in=names) | Q(preview__in=names)).values_list("file", "preview")
        named = {name for row in rows for name in row}
        for path in paths:
            if path.name not in named:
                path.unlink(missing_ok=True)
                swept += 1
    return swept
