namespace TorchInit.Parity;

/// <summary>
/// Elements that a constructor allocates and never writes, for example the bias of <c>Conv2d(0, 4, 3)</c>, whose fan_in of 0 has no bound:
/// torch leaves there what was in memory, so two runs of torch differ, and there is nothing to compare. Anything computed from them is
/// undefined too.
/// </summary>
static class UndefinedElements
{
    /// <summary>The undefined elements, row-major, of each tensor that has any.</summary>
    /// <param name="plan">Of a torch constructor or init function.</param>
    /// <param name="resets">How many times <c>reset_parameters()</c> runs after it.</param>
    public static IReadOnlyDictionary<string, bool[]> Of(InitPlan plan, int resets = 0)
    {
        InitStep[] steps = resets == 0 ? [.. plan.Steps] : [.. plan.Steps, .. plan.ResetSteps ?? []];
        Dictionary<string, bool[]> undefined = new(StringComparer.Ordinal);
        foreach (string name in Suspects(plan, steps))
        {
            bool[] all = new bool[plan[name].Count];
            Array.Fill(all, true);
            undefined.Add(name, all);
        }
        if (undefined.Count > 0) { Array.ForEach(steps, step => Run(step, plan, undefined)); }
        return plan.StateTensors.Where(tensor => undefined.TryGetValue(tensor.Name, out bool[]? elements) && elements.Contains(true))
            .ToDictionary(tensor => tensor.Name, tensor => undefined[tensor.Name]);
    }

    /// <summary>Tensors that no step wrote completely from defined values: elements are counted only for these, which are few and mostly
    /// none.</summary>
    static HashSet<string> Suspects(InitPlan plan, InitStep[] steps)
    {
        HashSet<string> defined = new(StringComparer.Ordinal), suspects = new(StringComparer.Ordinal);
        foreach (InitStep step in steps)
        {
            string[] doubtful = [.. step.Reads.Where(name => plan[name].Count > 0 && !defined.Contains(name))];
            suspects.UnionWith(doubtful);
            if (doubtful.Length > 0) { suspects.UnionWith(step.Writes); }
            else if (step.Target.Shape is null) { defined.Add(step.Target.Tensor); }
        }
        suspects.UnionWith(plan.Tensors.Select(tensor => tensor.Name).Where(name => !defined.Contains(name)));
        suspects.RemoveWhere(name => plan[name].Count == 0);
        return suspects;
    }

    /// <summary>Writes zeros in place of undefined elements.</summary>
    public static void Clear(Span<byte> elements, int size, bool[] undefined)
    {
        for (int i = 0; i < undefined.Length; i++)
        {
            if (undefined[i]) { elements.Slice(i * size, size).Clear(); }
        }
    }

    /// <summary>The weights with zeros there, as a plan draws them; unchanged if all is defined.</summary>
    public static StateDict Cleared(StateDict weights, IReadOnlyDictionary<string, bool[]> undefined)
    {
        if (!undefined.Keys.Any(weights.ContainsKey)) { return weights; }
        StateDict cleared = new();
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            TensorBuffer kept = tensor;
            if (undefined.TryGetValue(name, out bool[]? elements) && elements.Length == tensor.Count)
            {
                kept = TensorBuffer.Zeros(tensor.DType, [.. tensor.Shape]);
                tensor.Bytes(0, tensor.Count).CopyTo(kept.Bytes(0, kept.Count));
                Clear(kept.Bytes(0, kept.Count), kept.DType.ByteSize(), elements);
            }
            cleared.Add(name, kept);
        }
        return cleared;
    }

    static void Run(InitStep step, InitPlan plan, Dictionary<string, bool[]> undefined)
    {
        bool[]? source = step.Reads.Select(name => undefined.GetValueOrDefault(name))
            .FirstOrDefault(elements => elements?.Contains(true) == true);
        Write(step.Target, source);
        foreach (string name in step.Writes.Where(name => name != step.Target.Tensor)) { Write(name, source); }

        void Write(StepTarget target, bool[]? from)
        {
            if (!undefined.TryGetValue(target.Tensor, out bool[]? elements)) { return; }
            bool sameElements = from?.Length == elements.Length && step is { Copied.Shape: null, Target.Shape: null };
            foreach ((int at, long position) in ViewLayout.Of(target, [.. plan[target.Tensor].Shape]).LogicalOrder().Index())
            {
                elements[position] = from is not null && (!sameElements || from[at]);
            }
        }
    }
}
