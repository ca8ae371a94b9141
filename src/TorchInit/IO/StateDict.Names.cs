namespace TorchInit;

public sealed partial class StateDict
{
    /// <summary>Removes the tensor called <paramref name="name"/>, also one of <see cref="Opaque"/>; the others keep their order.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>Whether there was such a tensor.</returns>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_tensors.Remove(name)) { _names.Remove(name); }
        else if (_opaqueNames.Remove(name, out OpaqueTensor? opaque)) { _opaque.Remove(opaque); }
        else { return false; }
        return _saved.Remove(name);
    }

    /// <summary>Gives every tensor, also those of <see cref="Opaque"/>, the name that <paramref name="rename"/> makes of its own: for
    /// example <c>name => name.Replace("gamma", "weight")</c>. Order and elements stay.</summary>
    /// <param name="rename">Called once per tensor, in order.</param>
    /// <exception cref="ArgumentException"><paramref name="rename"/> gives null, or one name to two tensors; nothing was
    /// renamed.</exception>
    /// <remarks>As <c>{rename(k): v for k, v in state_dict.items()}</c>, which would drop all but the last of two equal names.</remarks>
    public void Rename(Func<string, string> rename)
    {
        ArgumentNullException.ThrowIfNull(rename);
        Rename(rename, nameof(rename), "rename: ");
    }

    /// <summary>Gives one tensor another name; it keeps its place.</summary>
    /// <param name="name">The name of a tensor, also of one of <see cref="Opaque"/>.</param>
    /// <param name="newName">An unused name, or <paramref name="name"/> itself.</param>
    /// <exception cref="ArgumentException">No tensor is called <paramref name="name"/>, or another one is called
    /// <paramref name="newName"/>; nothing was renamed.</exception>
    public void Rename(string name, string newName)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(newName);
        if (!_tensors.ContainsKey(name) && !_opaqueNames.ContainsKey(name))
        {
            throw new ArgumentException($"name is '{name}', and no tensor is called so{NearestNames.Ending(name, _saved)}.", nameof(name));
        }
        if (newName != name && (_tensors.ContainsKey(newName) || _opaqueNames.ContainsKey(newName)))
        {
            throw new ArgumentException($"newName is '{newName}', which is already in use; allowed: an unused name.", nameof(newName));
        }
        Rename(own => own == name ? newName : own, nameof(newName), "");
    }

    /// <summary>Takes <paramref name="prefix"/> off every name that begins with it, once: <c>module.</c> of DataParallel,
    /// <c>_orig_mod.</c> of torch.compile, <c>model.</c> of a trainer. Order and elements stay.</summary>
    /// <param name="prefix">Not empty.</param>
    /// <returns>How many tensors were renamed; 0 if no name begins so.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is empty, or without it two tensors would have one name; nothing was
    /// renamed.</exception>
    /// <remarks>As <c>torch.nn.modules.utils.consume_prefix_in_state_dict_if_present</c>, which also moves the renamed tensors to the end,
    /// and lets the later of two equal names replace the earlier.</remarks>
    public int RemovePrefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        int renamed = _saved.Count(name => name.StartsWith(prefix, StringComparison.Ordinal));
        if (renamed > 0)
        {
            Rename(name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name, nameof(prefix),
                $"prefix is '{prefix}': without it, ");
        }
        return renamed;
    }

    /// <param name="rename">Gives each tensor's new name.</param>
    /// <param name="argument">The caller's argument that an error names.</param>
    /// <param name="said">How the error's message begins.</param>
    void Rename(Func<string, string> rename, string argument, string said)
    {
        Dictionary<string, string> before = new(StringComparer.Ordinal);
        List<(string, TensorBuffer?, OpaqueTensor?)> renamed = new(_saved.Count);
        foreach ((string name, TensorBuffer? tensor, OpaqueTensor? opaque) in Saved)
        {
            string own = rename(name) ?? throw new ArgumentException($"{said}'{name}' becomes null; allowed: a name.", argument);
            if (!before.TryAdd(own, name))
            {
                throw new ArgumentException($"{said}'{before[own]}' and '{name}' would both be called '{own}'; allowed: one tensor per "
                    + "name.", argument);
            }
            renamed.Add((own, tensor, own == name ? opaque : opaque?.Renamed(own)));
        }
        Become(renamed);
    }

    /// <summary>Holds these tensors instead.</summary>
    void Become(IReadOnlyList<(string Name, TensorBuffer? Tensor, OpaqueTensor? Opaque)> tensors)
    {
        _names.Clear();
        _tensors.Clear();
        _opaque.Clear();
        _opaqueNames.Clear();
        _saved.Clear();
        foreach ((string name, TensorBuffer? tensor, OpaqueTensor? opaque) in tensors)
        {
            if (opaque is not null) { Add(opaque); }
            else { Add(name, tensor!); }
        }
    }
}
