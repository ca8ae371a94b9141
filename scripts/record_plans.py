"""Records the library of plans: python record_plans.py record_init.py RECORDED plans

Each line of plans/models.txt is a name, and the model as record_init.py takes it. A recording is written to RECORDED where there is none,
and compared where there is one: another torch must draw by the same steps. plans/manifest.json gets, for this torch, the versions and the
hashes of two seeds. When the recordings are folded, `record_plans.py --seal plans` writes down the hashes of the plans themselves.
"""
import hashlib
import importlib.util
import json
import os
import sys

SEED = 42          # beside 0, which a recording has


def main(script, folder, library, *wanted):
    spec = importlib.util.spec_from_file_location("record_init", script)
    record_init = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(record_init)
    import torch
    import torchvision
    path, listed = os.path.join(library, "manifest.json"), os.path.join(library, "models.txt")
    manifest = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {"models": {}}
    version = ".".join(torch.__version__.split("+")[0].split(".")[:2])
    manifest.setdefault("torch", {})[version] = {"torchvision": torchvision.__version__.split("+")[0], **record_init.profile()}
    with open(listed, encoding="utf-8") as file:
        models = [line.split(None, 1) for line in file.read().splitlines() if line and not line.startswith("#")]
    for name, model in models:
        if wanted and name not in wanted:
            continue
        build = record_init.callable_of(os.path.join(os.path.dirname(listed), model) if ".py:" in model else model, [])
        recorded, recorder = record_init.record(build, "float32")           # of seed 0
        hashes = {"0": record_init.digest_of(recorded)}
        plan = json.loads(record_init.plan_of(recorded, recorder, os.path.basename(model), "float32", lambda: None))
        del recorded, recorder
        file = os.path.join(folder, name + ".initplan.json")
        if os.path.exists(file):
            with open(file, encoding="utf-8") as text:
                known = json.load(text)
            if any(known[part] != plan[part] for part in ("tensors", "steps", "torch_class")):
                print("%s: torch %s draws by other steps than %s" % (name, version, known["torch"]), flush=True)
                continue
        else:
            with open(file, "w", encoding="utf-8") as text:
                text.write(record_init.lines(plan))
        for line in record_init.hashes(build, [SEED], "float32").splitlines():
            hashes[str(SEED)] = json.loads(line)
        entry = manifest["models"].setdefault(name, {})
        entry["model"], entry["class"] = os.path.basename(model), plan["torch_class"]
        sizes = {spec["name"]: spec["shape"] for spec in plan["tensors"] if spec["kind"] == "parameter" and "same_as" not in spec}
        entry["parameters"] = sum(record_init.math.prod(shape) for shape in sizes.values())
        entry.setdefault("hashes", {})[version] = {
            seed: {"sha256": found["sha256"], "state": found["state"]} for seed, found in hashes.items()}
        manifest["models"] = dict(sorted(manifest["models"].items()))
        record_init.write_whole(path, json.dumps(manifest, indent=1) + "\n")
        print("%s: %d bytes" % (name, os.path.getsize(file)), flush=True)


def seal(library):
    path = os.path.join(library, "manifest.json")
    with open(path, encoding="utf-8") as text:
        manifest = json.load(text)
    for name, entry in manifest["models"].items():
        with open(os.path.join(library, name + ".initplan.json"), "rb") as data:
            entry["plan"] = hashlib.sha256(data.read()).hexdigest()
    with open(path + ".partial", "w", encoding="utf-8") as text:
        text.write(json.dumps(manifest, indent=1) + "\n")
    os.replace(path + ".partial", path)


if __name__ == "__main__":
    if sys.argv[1] == "--seal":
        seal(sys.argv[2])
    else:
        main(*sys.argv[1:])
