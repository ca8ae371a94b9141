"""Random arithmetic on Python's literals, and what Python makes of it: arithmetic.tsv, expression and repr or the exception's class."""
import os
import random

FOLDER = os.path.dirname(os.path.abspath(__file__))
COUNT = 3000
numbers = ["0", "1", "2", "3", "7", "10", "28", "64", "100", "1000003", "4294967296", "9007199254740993", "0.0", "0.5", "1.5", "3.0",
           "1e-3", "1e16", "1e300", "2.5e-308", "0.1", "True", "0x1F", "1_000"]
chance = random.Random(20)


def expression(depth):
    kind = chance.randrange(10)
    if depth == 0 or kind < 2:
        return chance.choice(numbers)
    if kind < 3:
        return chance.choice("-+") + expression(depth - 1)
    if kind < 4:
        return "(" + expression(depth - 1) + ")"
    symbol = chance.choice(["+", "-", "*", "/", "//", "%", "**"])
    return expression(depth - 1) + " " + symbol + " " + (chance.choice(["2", "0.5", "-1", "3", "0"]) if symbol == "**" else expression(depth - 1))


def outcome(text):
    try:
        value = eval(text, {"__builtins__": {}})
    except ArithmeticError as error:
        return type(error).__name__
    if isinstance(value, complex):
        return "complex"
    return repr(value) if not isinstance(value, int) or -2**63 <= value < 2**63 else "large"


lines = set()
while len(lines) < COUNT:
    text = expression(3)
    # Between the steps Python has integers of any size, and the product of 4096 bits.
    if len(text) < 60 and text.count("**") < 3:
        lines.add(text + "\t" + outcome(text))
with open(os.path.join(FOLDER, "arithmetic.tsv"), "w", encoding="utf-8") as file:
    file.write("\n".join(sorted(lines)) + "\n")
