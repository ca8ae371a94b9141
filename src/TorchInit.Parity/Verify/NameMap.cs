namespace TorchInit.Parity;

/// <summary>
/// Finds a plan's tensors in weights that use other names: with a prefix (<c>module.</c>, <c>model.</c>), with a wrapper's name in
/// between (<c>_orig_mod.</c>), or as Flax and Keras name them (<c>kernel</c>, transposed).
/// </summary>
public static class NameMap
{
    static readonly string[] s_wrappers = ["_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "module", "params",
        "variables"];

    static readonly Dictionary<string, string[]> s_otherNames = new(StringComparer.Ordinal)
    {
        ["weight"] = ["kernel", "embedding", "embeddings", "scale", "gamma"],
        ["bias"] = ["beta"],
        ["running_mean"] = ["mean", "moving_mean"],
        ["running_var"] = ["var", "moving_variance"],
    };

    /// <summary>Gives the weights the plan's names, and says in sentences what was changed.</summary>
    /// <param name="weights">As the file names them.</param>
    /// <param name="plan">The plan whose names are wanted.</param>
    /// <param name="renames"><c>old=new</c>: a name, or a prefix of names; applied first.</param>
    /// <exception cref="ArgumentException">A rename has no '=', matches no name, or gives a name that already exists.</exception>
    public static (StateDict Weights, IReadOnlyList<string> Said) Apply(StateDict weights, InitPlan plan, IReadOnlyList<string> renames)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(renames);
        List<string> said = [];
        weights = IntegerTensors.Read(weights, plan);
        Dictionary<string, string> names = weights.Keys.ToDictionary(name => name, name => name, StringComparer.Ordinal);
        foreach (string rename in renames) { Rename(names, rename, said); }
        string[] wanted = [.. plan.StateTensors.Select(tensor => tensor.Name)];
        if (renames.Count == 0 && wanted.All(names.ContainsKey)) { return (weights, []); }
        Dictionary<string, string> found = names;
        if (!wanted.All(found.ContainsKey))
        {
            Dictionary<string, string> plain = Simplified(found);
            if (plain.Count == found.Count)
            {
                if (!plain.Keys.All(found.ContainsKey))
                {
                    said.Add("names in the file contain a wrapper's name, for example module. or _orig_mod.");
                }
                found = plain;
            }
            if (Prefix(found, wanted) is { } prefix)
            {
                found = Without(found, prefix);
                if (prefix.Length > 0) { said.Add($"names in the file begin with '{prefix}'"); }
            }
            else { return (renames.Count == 0 ? weights : Taken(weights, names), said); }
        }
        return (Taken(weights, plan, found, said), said);
    }

    static void Rename(Dictionary<string, string> names, string rename, List<string> said)
    {
        string[] sides = rename.Split('=');
        if (sides.Length != 2) { throw new ArgumentException($"--rename is '{rename}'; allowed: old=new.", nameof(rename)); }
        string[] matching = [.. names.Keys.Where(name => name.StartsWith(sides[0], StringComparison.Ordinal))];
        if (matching.Length == 0)
        {
            throw new ArgumentException($"--rename is '{rename}', and no tensor has this name; there are: "
                + $"{string.Join(", ", names.Keys.Take(20))}.", nameof(rename));
        }
        foreach (string name in matching)
        {
            string renamed = sides[1] + name[sides[0].Length..];
            string file = names[name];
            names.Remove(name);
            if (!names.TryAdd(renamed, file))
            {
                throw new ArgumentException($"--rename is '{rename}', and '{renamed}' already exists.",
                nameof(rename));
            }
        }
        said.Add($"renamed: {matching.Length} name{(matching.Length == 1 ? "" : "s")} by {rename}");
    }

    /// <summary>Replaces slashes by dots, and drops ':0' and wrappers' names.</summary>
    static Dictionary<string, string> Simplified(Dictionary<string, string> names)
    {
        Dictionary<string, string> plain = new(StringComparer.Ordinal);
        foreach ((string name, string file) in names)
        {
            string dotted = name.Replace('/', '.');
            if (dotted.EndsWith(":0", StringComparison.Ordinal)) { dotted = dotted[..^2]; }
            plain.TryAdd(string.Join('.', dotted.Split('.').Where(part => !s_wrappers.Contains(part))), file);
        }
        return plain;
    }

    /// <summary>The prefix of all names that are wanted; null if there is none, or more than one.</summary>
    static string? Prefix(Dictionary<string, string> names, string[] wanted)
    {
        if (wanted.Length == 0) { return null; }
        string[] prefixes = [.. names.Keys.SelectMany(name => Spellings(wanted[0]).Where(spelling => name == spelling
            || name.EndsWith($".{spelling}", StringComparison.Ordinal)).Select(spelling => name[..^spelling.Length])).Distinct()];
        prefixes = [.. prefixes.Where(prefix => wanted.All(name => Spellings(name).Any(spelling => names.ContainsKey(prefix + spelling))))];
        return prefixes.Contains("") ? "" : prefixes.Length == 1 ? prefixes[0] : null;
    }

    static Dictionary<string, string> Without(Dictionary<string, string> names, string prefix)
        => names.ToDictionary(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && pair.Key.Length > prefix.Length
            ? pair.Key[prefix.Length..] : $"(other) {pair.Key}", pair => pair.Value, StringComparer.Ordinal);

    static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        int dot = name.LastIndexOf('.') + 1;
        foreach (string other in s_otherNames.GetValueOrDefault(name[dot..], [])) { yield return name[..dot] + other; }
    }

    static StateDict Taken(StateDict weights, InitPlan plan, Dictionary<string, string> found, List<string> said)
    {
        StateDict taken = new();
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> transposed = [];
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            if (Spellings(tensor.Name).FirstOrDefault(found.ContainsKey) is not { } spelling) { continue; }
            TensorBuffer given = weights[found[spelling]];
            used.Add(found[spelling]);
            bool isKernel = spelling.EndsWith("kernel", StringComparison.Ordinal);
            if (isKernel && OfKernel(given, tensor.Shape) is { } turned)
            {
                transposed.Add(found[spelling]);
                given = turned;
            }
            taken.Add(tensor.Name, given);
        }
        foreach ((string name, TensorBuffer tensor) in weights.Where(pair => !used.Contains(pair.Key) && !taken.ContainsKey(pair.Key)))
        {
            taken.Add(name, tensor);
        }
        taken.Keep(weights.Opaque);
        if (transposed.Count > 0) { said.Add($"transposed, as Flax and Keras store kernels: {NotDrawn.Names(transposed)}"); }
        return taken;
    }

    static StateDict Taken(StateDict weights, Dictionary<string, string> names)
    {
        StateDict taken = new();
        foreach ((string name, string file) in names) { taken.Add(name, weights[file]); }
        taken.Keep(weights.Opaque);
        return taken;
    }

    /// <summary>Turns (…, in, out) into torch's (out, in, …); null if the sizes do not fit.</summary>
    static TensorBuffer? OfKernel(TensorBuffer kernel, IReadOnlyList<long> shape)
    {
        int rank = kernel.Shape.Count;
        if (rank < 2 || rank != shape.Count) { return null; }
        int[] order = [rank - 1, rank - 2, .. Enumerable.Range(0, rank - 2)];
        if (!order.Select(dim => kernel.Shape[dim]).SequenceEqual(shape)) { return null; }
        long[] strides = new long[rank];
        long stride = 1;
        for (int dim = rank - 1; dim >= 0; dim--) { (strides[dim], stride) = (stride, stride * kernel.Shape[dim]); }
        kernel = kernel.InMemory();
        TensorBuffer turned = TensorBuffer.Zeros(kernel.DType, [.. shape]);
        int width = kernel.DType.ByteSize();
        for (int at = 0; at < turned.Count; at++)
        {
            long rest = at;
            long from = 0;
            for (int dim = rank - 1; dim >= 0; dim--)
            {
                (rest, from) = (rest / shape[dim], from
                + (rest % shape[dim] * strides[order[dim]]));
            }
            kernel.Bytes((int)from, 1).CopyTo(turned.Bytes(at, 1));
        }
        return turned;
    }
}
