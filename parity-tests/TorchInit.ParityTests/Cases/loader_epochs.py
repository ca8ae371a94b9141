"""Epochs of DataLoaders and the seeds of their workers, as JSON, for LoaderTests."""
import json

import torch
from torch.utils.data import DataLoader, Dataset


class Seeds(Dataset):
    def __len__(self):
        return 5

    def __getitem__(self, at):
        return torch.initial_seed()


def epochs(loader, count):
    return [[batch.tolist() for batch in loader] for _ in range(count)]


if __name__ == "__main__":
    torch.manual_seed(5)
    plain = epochs(DataLoader(range(10), batch_size=4, shuffle=True), 3)
    after = torch.randint(0, 2**31, (3,)).tolist()
    generator = torch.Generator()
    generator.manual_seed(42)
    given = epochs(DataLoader(range(10), batch_size=4, shuffle=True, generator=generator), 3)
    untouched = torch.randint(0, 2**31, (3,)).tolist()
    torch.manual_seed(5)
    workers = epochs(DataLoader(Seeds(), num_workers=2), 2)
    generator.manual_seed(42)
    workers_given = epochs(DataLoader(Seeds(), num_workers=2, generator=generator), 2)
    print(json.dumps({"plain": plain, "after": after, "given": given, "untouched": untouched, "workers": workers,
                      "workers_given": workers_given}))
