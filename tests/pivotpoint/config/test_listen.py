"""`pivotpoint listen` through the real command: any table in, a ladder out, one sentence when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pivotpoint.config.cli import main
from tests.pivotpoint.insights.houses_heard import BANK, HOTEL

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("PIVOTPOINT_SHARED_DATA", ROOT.parent / "shared" / "data"))
SETS = {
    "support_threads.csv": ["--where", "inbound=true"],
    "airline_tweets_dev.csv": [],
    "app_reviews.csv": [],
    "care_conversations.csv": ["--where", "role=client"],
    "railway_de_dev.csv": [],
}
FEEDBACK = """author,created,message
hanne,2024-03-01,My refund has not arrived since I returned the sofa
bo,2024-03-02,Still no refund for the sofa that I returned
ines,2024-03-03,The refund for my returned sofa never came
joris,2024-03-03,The app crashes when I open the calendar
"""


def listen(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["listen", *map(str, arguments)])


def refused(*arguments: object) -> str:
    """The one sentence on stderr; fails when there is more, or when the exit code is not 2."""
    result = listen(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


@pytest.fixture
def feedback(tmp_path: Path) -> Path:
    path = tmp_path / "feedback.csv"
    path.write_text(FEEDBACK)
    return path


def test_the_ladder_is_printed_with_what_was_guessed(feedback: Path) -> None:
    result = listen(feedback)
    assert result.exit_code == 0
    assert "text from message" in result.stdout
    assert "3 people" in result.stdout
    assert "=  4  rows read" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("form", [[], ["--json"], ["--html"]])
def test_what_betrays_people_is_masked_unless_it_is_wanted(tmp_path: Path, form: list[str]) -> None:
    path, page = tmp_path / "pins.csv", tmp_path / "page.html"
    path.write_text(FEEDBACK + "pia,2024-03-04,My pin is 7391 and the till refuses it\n")
    more = [*form, page] if form == ["--html"] else form

    def shown(*options: str) -> str:
        printed = listen(path, *more, *options).stdout
        return page.read_text(encoding="utf-8") if form == ["--html"] else printed

    assert "••••" in shown() and "7391" not in shown()
    assert "7391" in shown("--unmasked")


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    """A bank and a hotel, and what of each is heard in two towns."""
    path = tmp_path / "houses.csv"
    rows = [f"Bank,{'Aa' if number % 3 else 'Bo'},{text}" for number, text in enumerate(BANK)]
    rows += [f"Hotel,{'Bo' if number % 3 else 'Aa'},{text}" for number, text in enumerate(HOTEL)]
    path.write_text("\n".join(["domain,town,text", *rows]))
    return path


def test_whose_messages_are_is_guessed_named_or_left_out(houses: Path) -> None:
    def told(*options: str) -> tuple[str, list[str]]:
        data = json.loads(listen(houses, "--each", "none", *options, "--json").stdout)
        return data["by"], [house["name"] for house in data["houses"]]

    assert told() == ("domain", ["Bank", "Hotel"])
    assert told("--by", "TOWN") == ("town", ["Aa", "Bo"])
    assert told("--by", "none") == ("", [])
    printed = listen(houses, "--each", "none").stdout
    assert "Messages by domain: Bank 315; Hotel 315" in printed
    assert "whose from domain" in printed


def test_what_is_worlds_apart_is_read_apart_and_it_is_said_why(houses: Path) -> None:
    data = json.loads(listen(houses, "--json").stdout)
    assert [one["value"] for one in data["ladders"]] == ["Bank", "Hotel"]
    assert sum(one["ledger"]["rows"] for one in data["ladders"]) == 630
    assert "Bank and Hotel speak of different worlds" in data["notes"][-1]
    assert "--each none" in data["notes"][-1]
    for options in (["--by", "none"], ["--each", "none"]):
        assert "ladders" not in json.loads(listen(houses, *options, "--json").stdout)
    alike = json.loads(listen(houses, "--by", "town", "--json").stdout)
    assert "ladders" not in alike and "--each town reads each by itself" in alike["notes"]


def test_each_value_has_a_ladder_where_it_is_wanted(houses: Path, tmp_path: Path) -> None:
    printed = listen(houses, "--each", "Town").stdout
    assert "houses.csv, by town" in printed
    assert printed.index("═ Bo ═") < printed.index("═ Aa ═")
    assert "whose from town" in printed
    page = tmp_path / "page.html"
    assert "from 630 messages." in listen(houses, "--each", "town", "--html", page).stdout
    assert '<a href="#house-2"><b>Aa</b></a>' in page.read_text(encoding="utf-8")


def test_a_column_that_tells_nobody_apart_makes_one_ladder_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    rows = [f"Acme,,S{number % 50},the lamp {number} flickers" for number in range(200)]
    path.write_text("\n".join(["brand,empty,store,text", *rows]))

    def notes(*options: str) -> list[str]:
        return list(json.loads(listen(path, *options, "--json").stdout)["notes"])

    for options in (["--by", "brand"], ["--each", "brand"]):
        assert "brand tells nobody apart: every message is Acme" in notes(*options)
    assert "empty tells nobody apart: it is empty" in notes("--each", "empty")
    assert "no store has 100 messages: they are read together" in notes("--each", "store")


def test_a_guess_that_the_whole_file_contradicts_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "sorted.csv"
    rows = [
        f"{'Acme' if number < 500 else f'Shop {number}'},the lamp {number} flickers" for number in range(600)
    ]
    path.write_text("\n".join(["store,text", *rows]))
    data = json.loads(listen(path, "--json").stdout)
    assert (data["by"], data["houses"]) == ("", [])
    assert "store is not taken to say whose a message is: it has 101 values in 600 messages" in data["notes"]
    assert data["ledger"]["rows"] == 600
    assert json.loads(listen(path, "--by", "store", "--json").stdout)["houses"][0]["messages"] == 500


def test_json_is_json_and_nothing_else(feedback: Path) -> None:
    data = json.loads(listen(feedback, "--json").stdout)
    assert data["messages"] == data["people"] == 4
    assert data["themes"][0]["rung"] == "trend"
    assert data["ledger"]["rows"] == 4


def test_a_page_is_written(feedback: Path, tmp_path: Path) -> None:
    result = listen(feedback, "--html", tmp_path / "report.html")
    assert result.exit_code == 0
    assert "refund" in (tmp_path / "report.html").read_text(encoding="utf-8").lower()


def test_columns_can_be_named_in_any_case_and_left_out(feedback: Path) -> None:
    result = listen(feedback, "--text", "MESSAGE", "--author", "none")
    assert "columns named: text from message" in result.stdout
    assert "each message counts as its own person" in result.stdout


def test_django_is_not_loaded(feedback: Path) -> None:
    code = (
        "import sys; from pivotpoint.config.cli import main\n"
        "main(['listen', sys.argv[1], '--json'], standalone_mode=False)\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run([sys.executable, "-c", code, str(feedback)], env=environment, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\xff", "binary data"),
        ("id,text\n1,für\n".encode() + b"2,gr\xff\xfe\x00", "binary data"),
        ("text\nfür grüne Züge\nfür grüne\n".encode() + b"gr\xffn\n", "byte 37 cannot be decoded"),
        (b"PK\x03\x04broken", "not a readable XLSX"),
        (b"a,b\n1,2\n", "No column of bad.csv holds text; name one with --text."),
        (b"text\n\n\n", "holds no message"),
        (b"[1, 2]", "one object on each line"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert said in refused(path)


def test_bad_arguments_get_one_sentence(feedback: Path, tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "nowhere.csv")
    assert "is a folder" in refused(tmp_path)
    assert "did you mean message?" in refused(feedback, "--text", "mesage")
    assert "There is no column 'colour'" in refused(feedback, "--where", "colour=red")
    assert "did you mean author?" in refused(feedback, "--by", "autor")
    assert "There is no column 'brand'" in refused(feedback, "--each", "brand")
    assert "choose one" in refused(feedback, "--each", "author", "--by", "created")
    assert "--where needs COLUMN=VALUE" in refused(feedback, "--where", "author")
    assert "No row of feedback.csv matches author=nobody." in refused(feedback, "--where", "author=nobody")
    assert "cannot be read or written" in refused(feedback, "--html", tmp_path / "no" / "where.html")
    assert "There is no text encoding named" in refused(feedback, "--encoding", "klingon")


def test_rejected_rows_go_to_a_file_and_the_good_ones_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(
        FEEDBACK + "just one field\nbo,2024-03-04," + "x" * 1_500_000 + "\nbo,2024-03-05,The shelf broke\n"
    )
    result = listen(path, "--json")
    assert json.loads(result.stdout)["rejected"] == 2
    assert json.loads(result.stdout)["messages"] == 5
    rejects = (tmp_path / "ragged.csv.rejects.csv").read_text()
    assert "1 field where the header has 3" in rejects
    assert "1,500,015 characters long" in rejects
    listen(path, "--rejects", tmp_path / "elsewhere.csv")
    assert (tmp_path / "elsewhere.csv").read_text() == rejects


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the repository")
@pytest.mark.parametrize("name", SETS)
def test_real_files_give_readable_titles_and_a_ledger_that_sums(name: str) -> None:
    result = listen(DATA / name, *SETS[name], "--json", "--rejects", os.devnull)
    data = json.loads(result.stdout)
    trends = [theme for theme in data["themes"] if theme["rung"] == "trend"]
    titles = [theme["title"] for theme in data["themes"]]
    ledger = {place: count for place, count in data["ledger"].items() if isinstance(count, int)}
    assert ledger.pop("rows") == sum(ledger.values())
    assert len({title.casefold() for title in titles}) == len(titles)
    assert len(trends) >= 20
    assert all(1 <= len(theme["title"].split()) <= 9 for theme in trends)
    assert not any("@" in title or "http" in title for title in titles)
    titled = [*trends, *data["unsure"]]
    told = sum(
        bool(theme["several"] and theme["said"]) or 2 < len(theme["title"].split()) <= 8 for theme in titled
    )
    assert told >= 0.6 * len(titled)


@pytest.mark.parametrize("others", [0, 100])
def test_a_file_that_is_mostly_one_sentence_is_one_trend(tmp_path: Path, others: int) -> None:
    rows = [f"p{n}@a.example,My refund has not arrived" for n in range(100)]
    rows += [f"q{n}@a.example,The lamp {n} in room {n + 7} flickers at night" for n in range(others)]
    path = tmp_path / "same.csv"
    path.write_text("\n".join(["author,text", *rows]))
    themes = json.loads(listen(path, "--json").stdout)["themes"]
    assert [theme["people"] for theme in themes if theme["title"] == "Refund has not arrived"] == [100]
    assert not [theme for theme in themes if "refund" in theme["title"].lower()][1:]


def test_what_a_stranger_wrote_does_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    rows = [f"p{n}\x1b[2J,My \x1b[31mrefund\x1b[0m \u202ehas not arrived" for n in range(3)]
    path.write_text("\n".join(["author,text", *rows]))
    printed = listen(path).stdout
    assert "refund" in printed
    assert not {"\x1b", "\u202e"} & set(printed)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "base64", "rot13", "klingon"])
def test_a_wrong_encoding_is_refused_in_one_sentence(feedback: Path, encoding: str) -> None:
    assert encoding in refused(feedback, "--encoding", encoding)


def test_a_condition_on_a_number_does_not_ask_how_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    path.write_text("stars,text\n1,The lamp flickers\n1.0,The lamp is loud\n10,The lamp is fine\n")
    for wanted in ("1", "1.0", "1.00"):
        assert json.loads(listen(path, "--where", f"stars={wanted}", "--json").stdout)["messages"] == 2
