namespace TorchInit.Syntax;

/// <summary>A class from which another one derives.</summary>
/// <param name="Name">Its name as written; without the prefixes of torch for one of torch.</param>
/// <param name="Class">The class of the text; null for one of torch.</param>
sealed record ProgramBase(string Name, ProgramClass? Class)
{
    const int Most = 100;

    // Attributes of nn.Module, which come before those of the classes behind it. Source: dir(nn.Module) of torch 1.13 and 2.6.
    static readonly string[] s_ofModule = [
        "__call__", "__delattr__", "__dir__", "__getattr__", "__init__", "__repr__", "__setattr__", "__setstate__", "_apply",
        "_call_impl", "_get_backward_hooks", "_get_name", "_load_from_state_dict", "_maybe_warn_non_full_backward_hook",
        "_named_members", "_register_load_state_dict_pre_hook", "_register_state_dict_hook", "_replicate_for_data_parallel",
        "_save_to_state_dict", "_slow_forward", "_version", "add_module", "apply", "bfloat16", "buffers", "children", "cpu", "cuda",
        "double", "dump_patches", "eval", "extra_repr", "float", "forward", "get_buffer", "get_extra_state", "get_parameter",
        "get_submodule", "half", "ipu", "load_state_dict", "modules", "named_buffers", "named_children", "named_modules",
        "named_parameters", "parameters", "register_backward_hook", "register_buffer", "register_forward_hook",
        "register_forward_pre_hook", "register_full_backward_hook", "register_load_state_dict_post_hook", "register_module",
        "register_parameter", "requires_grad_", "set_extra_state", "share_memory", "state_dict", "to", "to_empty", "train", "type",
        "xpu", "zero_grad", "training"];

    /// <summary>Whether it is nn.Module itself, whose <c>__init__</c> makes nothing and calls no other.</summary>
    public bool IsModule => Class is null && Name is "Module" or "nn.Module" or "LightningModule";

    /// <summary>Whether nn.Module has a name; what other classes of torch have beside it is not followed behind them.</summary>
    public bool Has(string name) => Class is null && Array.IndexOf(s_ofModule, name) >= 0;

    /// <summary>The classes that a class derives from in the order in which Python looks through them: the C3 linearization of its
    /// bases, without the class itself.</summary>
    /// <param name="bases">The bases as written.</param>
    /// <returns>Null if there is no such order, or it is longer than is followed.</returns>
    public static IReadOnlyList<ProgramBase>? Order(IReadOnlyList<ProgramBase> bases)
    {
        List<List<ProgramBase>> left = [.. bases.Select(one => new List<ProgramBase>([one, .. one.Ancestors])), [.. bases]];
        List<ProgramBase> order = [];
        while (left.RemoveAll(list => list.Count == 0) >= 0 && left.Count > 0)
        {
            if (left.Select(list => list[0]).FirstOrDefault(one => !left.Any(list => list.Skip(1).Contains(one))) is not { } next
                || order.Count == Most)
            {
                return null;
            }
            order.Add(next);
            foreach (List<ProgramBase> list in left) { if (list[0] == next) { list.RemoveAt(0); } }
        }
        return order;
    }

    IReadOnlyList<ProgramBase> Ancestors => Class is { } own ? own.Ancestors : IsModule ? [] : [new("Module", null)];
}
