"""Files on their way in: they never have a name on disk, so nothing is left of one that is broken off."""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessUploadHandler(FileUploadHandler):
    """Keep a file in memory, or, beyond FILE_UPLOAD_MAX_MEMORY_SIZE, in a file the system forgets with the process.

    Of a file larger than LARGEST_UPLOAD only the beginning is kept; its `size` is told as it was, so that who takes
    the file can refuse it with a sentence.
    """

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0
        self.file = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.LARGEST_UPLOAD - self.kept
        self.kept += self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
