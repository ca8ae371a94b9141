"""Models whose own code prints, fails or ends the program."""
import os
import sys

import torch.nn as nn

print("{ imported")


def printed():
    print("{ constructed")
    return nn.Linear(3, 4)


def written():
    os.write(1, b"{ written\n")
    return nn.Linear(3, 4)


def started():
    os.system("echo { started")
    return nn.Linear(3, 4)


def ended():
    sys.exit(0)


def ended_at_once():
    os._exit(0)


def failed():
    raise ValueError("my own fault")


def not_called(size):
    return nn.Linear(size, 4)
