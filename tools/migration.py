"""Write the next migration from what changed in the models: `tools/migration.py "what it does"`.

Read it before committing it, and say in tests/test_migrations.py which row must survive it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Migrate an empty database to the newest migration, and write down what is still missing."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.path.insert(0, str(ROOT))
    from fieldapp.app import create_app
    from fieldapp.extensions import db
    from fieldapp.schema import MIGRATIONS

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.sqlite"
        app = create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context(), db.engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            last = ScriptDirectory(str(MIGRATIONS)).get_current_head()
            number = f"{int(last or 0) + 1:04}"
            command.revision(config, sys.argv[1], autogenerate=True, rev_id=number)
        with app.app_context():
            db.engine.dispose()
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", MIGRATIONS], check=True)


if __name__ == "__main__":
    main()
