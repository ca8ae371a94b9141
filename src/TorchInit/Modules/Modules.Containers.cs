using System.Collections.Frozen;

namespace TorchInit;

public static partial class Modules
{
    /// <summary>The attributes of every torch.nn.Module since 1.13: no child can have such a name.</summary>
    static readonly FrozenSet<string> s_attributes = """
        T_destination add_module apply bfloat16 buffers children cpu cuda double dump_patches eval extra_repr float forward get_buffer
        get_extra_state get_parameter get_submodule half ipu load_state_dict modules named_buffers named_children named_modules
        named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
        register_full_backward_hook register_load_state_dict_post_hook register_module register_parameter requires_grad_ set_extra_state
        share_memory state_dict to to_empty train training type xpu zero_grad
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The attributes that torch.nn.Sequential has besides.</summary>
    static readonly string[] s_ofSequential = ["append", "extend", "insert", "pop"];

    /// <summary>The attributes that torch.nn.ModuleDict has besides.</summary>
    static readonly string[] s_ofModuleDict = ["clear", "items", "keys", "pop", "update", "values"];

    /// <summary>Sequential without children: no tensors, no draws.</summary>
    public static InitPlan Sequential() => Container("Sequential", null, []);

    /// <summary>Sequential: children named 0, 1, 2, …, constructed in that order. ModuleList is the same.</summary>
    /// <param name="children">One or more plans of one profile.</param>
    public static InitPlan Sequential(params ReadOnlySpan<InitPlan> children)
    {
        (string, InitPlan)[] named = new (string, InitPlan)[children.Length];
        for (int i = 0; i < named.Length; i++) { named[i] = ($"{i}", children[i]); }
        return Sequential(named);
    }

    /// <summary>Sequential of an OrderedDict: named children, constructed in the order given. ModuleDict is the same, but for the names
    /// that its attributes take.</summary>
    /// <param name="children">One or more names and plans of one profile.</param>
    /// <exception cref="TorchArgumentException">A name is empty, contains a dot, appears twice, or is an attribute of torch's class
    /// (KeyError).</exception>
    public static InitPlan Sequential(params ReadOnlySpan<(string Name, InitPlan Plan)> children)
        => Container("Sequential", children.IsEmpty ? null : children[0].Plan?.Profile, children);

    internal static InitPlan Container(string torchClass, TorchProfile? profile, ReadOnlySpan<(string Name, InitPlan Plan)> children)
    {
        PlanBuilder plan = new(profile);
        foreach ((string name, InitPlan child) in children)
        {
            if (name is null || child is null)
            {
                throw new ArgumentNullException(nameof(children), "A child of the container, or its name, is null.");
            }
            if (IsAttribute(torchClass, name))
            {
                throw new TorchArgumentException(nameof(children), name, "an unused name", "KeyError",
                    $"attribute '{name}' already exists");
            }
            try { plan.Child(name, child); }
            catch (TorchArgumentException error)
            {
                throw new TorchArgumentException(nameof(children), name, error.Allowed, error.TorchKind, error.TorchMessage);
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException(error.Message.Split(" (Parameter '")[0], nameof(children), error);
            }
        }
        return plan.BuildClass(torchClass, Arguments(torchClass, children));
    }

    /// <summary>The children as torch's class takes them, so that the title reads back as the same module.</summary>
    static string[] Arguments(string torchClass, ReadOnlySpan<(string Name, InitPlan Plan)> children)
    {
        bool areNumbered = true;
        List<string> titles = [], items = [];
        foreach ((string name, InitPlan plan) in children)
        {
            areNumbered &= name == $"{titles.Count}";
            titles.Add(plan.Title);
            items.Add($"{PythonString.Repr(name)}: {plan.Title}");
        }
        string dict = $"{{{string.Join(", ", items)}}}";
        return torchClass switch
        {
            "ModuleList" => titles.Count == 0 ? [] : [$"[{string.Join(", ", titles)}]"],
            "ModuleDict" => titles.Count == 0 ? [] : [dict],
            "Sequential" when !areNumbered => [$"OrderedDict({dict})"],
            _ => [.. titles],
        };
    }

    static bool IsAttribute(string torchClass, string name) => s_attributes.Contains(name) || torchClass switch
    {
        "ModuleDict" => s_ofModuleDict.Contains(name),
        "Sequential" => s_ofSequential.Contains(name),
        _ => false,
    };
}
