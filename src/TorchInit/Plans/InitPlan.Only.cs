namespace TorchInit;

public sealed partial class InitPlan
{
    /// <summary>The plan with fewer tensors to save: the others become scratch, whose draws move the stream but are not kept.</summary>
    /// <param name="patterns">Names in which <c>*</c> stands for any characters and <c>?</c> for one: <c>layers.0.*</c>. A tensor that
    /// matches one of them is kept.</param>
    /// <exception cref="ArgumentException">A pattern matches no saved tensor.</exception>
    public InitPlan Only(params IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            ArgumentNullException.ThrowIfNull(pattern, nameof(patterns));
            string[] fitting = [.. StateTensors.Where(tensor => Fits(pattern, tensor.Name)).Select(tensor => tensor.Name)];
            if (fitting.Length == 0)
            {
                string known = string.Join(", ", StateTensors.Take(5).Select(tensor => tensor.Name));
                throw new ArgumentException($"'{pattern}' fits none of the {StateTensors.Count()} tensors of {Title}; there are: {known}"
                    + $"{(StateTensors.Skip(5).Any() ? ", …" : "")}{NearestNames.Ending(pattern, Prefixes())}.", nameof(patterns));
            }
            kept.UnionWith(fitting);
        }
        ParameterSpec[] tensors = [.. Tensors.Select(tensor
            => kept.Contains(tensor.Name) ? tensor : tensor with { Kind = ParameterKind.Scratch })];
        return new(Title, Profile, tensors, Steps, ResetSteps) { Facts = Facts, ResetWarnings = ResetWarnings };
    }

    /// <summary>Names, and their prefixes with a star for the rest: the patterns that may have been meant.</summary>
    IEnumerable<string> Prefixes() => StateTensors.SelectMany(tensor => tensor.Name.Select((letter, at) => (letter, at))
        .Where(place => place.letter == '.').Select(place => $"{tensor.Name[..place.at]}.*").Prepend(tensor.Name)).Distinct();

    /// <summary>Whether a name fits a pattern, in at most as many steps as the product of their lengths: where it does not, only the last
    /// star takes one letter more.</summary>
    static bool Fits(string pattern, string name)
    {
        int star = -1, taken = 0;
        for (int p = 0, n = 0; n < name.Length || p < pattern.Length;)
        {
            if (p < pattern.Length && pattern[p] == '*') { (star, taken, p) = (p, n, p + 1); }
            else if (p < pattern.Length && n < name.Length && (pattern[p] == '?' || pattern[p] == name[n])) { (p, n) = (p + 1, n + 1); }
            else if (star >= 0 && taken < name.Length) { (p, n) = (star + 1, ++taken); }
            else { return false; }
        }
        return true;
    }
}
