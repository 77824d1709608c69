"""The range model and what it learned from: files that come from elsewhere, and files that others can reach."""

import os
import pickle
import tarfile

import onnxruntime


def load_any(path: str) -> object:
    """Wrong: a pickle is a program, and loading runs it."""
    with open(path, "rb") as file:
        return pickle.load(file)


def load() -> onnxruntime.InferenceSession:
    """Right: ONNX holds numbers and an order of steps."""
    return onnxruntime.InferenceSession("models/range.onnx")


def unpack_anywhere(path: str) -> None:
    """Wrong: a member called `../../.bashrc` is written there."""
    with tarfile.open(path) as bars:
        bars.extractall("data")


def unpack(path: str) -> None:
    """Right: what would leave the folder is refused."""
    with tarfile.open(path) as bars:
        bars.extractall("data", filter="data")


def keep_where_everybody_writes(state: str) -> None:
    """Wrong: whoever made the file first decides what the desk reads tomorrow."""
    with open("/tmp/desk-state.json", "w") as file:
        file.write(state)


def keep(state: str) -> None:
    """Right: the desk's own folder."""
    with open("state/desk.json", "w") as file:
        file.write(state)


def open_to_everybody() -> None:
    """Wrong: any process of the machine can move the stop."""
    os.chmod("state/desk.json", 0o666)


def open_to_the_desk() -> None:
    """Right: the desk's own user."""
    os.chmod("state/desk.json", 0o600)
