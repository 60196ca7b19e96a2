"""unpack_wheel.py WHEEL FOLDER: takes TensorFlow's two libraries and its C headers out of its Python package.

zipfile checks each file's CRC, so a damaged wheel is an error. Uses Python's own library only.
"""

import re
import shutil
import sys
import zipfile
from pathlib import Path

LIBRARY = re.compile(r"tensorflow/(libtensorflow(?:_cc|_framework)\.(?:so\.2|2\.dylib))$")
HEADER = re.compile(r"tensorflow/(include/(?:tensorflow/c|tensorflow/core/platform|xla/tsl|tsl)/.*\.h)$")


def main(wheel: str, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            match = LIBRARY.match(info.filename) or HEADER.match(info.filename)
            if not match:
                continue
            target = Path(folder, match.group(1))
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as source, open(target, "wb") as destination:
                shutil.copyfileobj(source, destination, 1 << 20)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except (OSError, zipfile.BadZipFile) as error:
        sys.exit(str(error))
