"""Records many models in one Python: lines of JSON come in, lines of JSON go out, in order.

In:  {"model": "FILE.py:CALLABLE", "dtype": "float32", "call": ["2,7"], "seeds": [1, 2]}
Out: {"plan": "…", "hashes": [{"seed": 1, "sha256": "…", "state": "…"}]} or {"refused": "…"}
"""
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("record_init", sys.argv[1])
record_init = importlib.util.module_from_spec(spec)
spec.loader.exec_module(record_init)

for line in sys.stdin:
    asked = json.loads(line)
    try:
        shapes = [record_init.shape_of(text) for text in asked.get("call", [])]
        build = record_init.called(record_init.callable_of(asked["model"], asked.get("path", [])), shapes)
        plan = record_init.plan_json(build, asked["model"], asked["dtype"])
        hashes = [json.loads(said) for said in record_init.hashes(build, asked["seeds"], asked["dtype"]).splitlines()]
        answer = {"plan": plan, "hashes": hashes}
    except record_init.Refused as refusal:
        answer = {"refused": str(refusal)}
    print(json.dumps(answer), flush=True)
