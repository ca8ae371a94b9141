namespace TorchInit.Parity;

/// <summary>The answers of one torch: a line of the manifest, and its file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Version">torch's version.</param>
/// <param name="Profile">Version, platform, capability, erf, LAPACK and device.</param>
/// <param name="Origin">The build and its libraries, and who recorded it.</param>
/// <param name="Sha256">The file's hash.</param>
public sealed record GoldenFile(string File, string Version, TorchProfile Profile, string Origin, string Sha256)
{
    internal const string Header = "file\ttorch\tplatform\tcpu\terf\tlapack\torigin\tsha256\tdevice";
    const int Fields = 8;            // and the device, if it is not the CPU

    /// <summary>The line in the manifest.</summary>
    public override string ToString()
        => string.Join('\t', File, Version, Profile.Platform.Name(), Name(Profile.Cpu), Name(Profile.Erf), Name(Profile.Lapack), Origin,
            Sha256) + (Profile.Gpu is null ? "" : $"\t{Profile.Device}");

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">A line lacks eight fields, or nine with a device, or has an unknown name.</exception>
    internal static GoldenFile Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length is not (Fields or Fields + 1))
        {
            throw new InvalidDataException($"A manifest line has eight fields, or nine with a device; this one has {fields.Length}: {line}");
        }
        TorchProfile profile = GoldenSet.Line(line, ()
            => TorchProfile.For(fields[1], TorchPlatform.Parse(fields[2]), Parse<CpuCapability>(fields[3]))
                .On(fields.ElementAtOrDefault(Fields) ?? "cpu") with
            {
                Erf = Parse<ErfImplementation>(fields[4]),
                Lapack = Parse<LapackImplementation>(fields[5]),
            });
        return new(fields[0], fields[1], profile, fields[6], fields[7]);
    }

    static string Name<T>(T value)
        where T : struct, Enum
        => string.Concat(value.ToString()
            .Select((letter, at) => char.IsAsciiLetterUpper(letter) ? $"{(at > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}"
            : $"{letter}"));

    static T Parse<T>(string name)
        where T : struct, Enum
        => Enum.GetValues<T>().Where(value => Name(value) == name).Select(value => (T?)value)
            .FirstOrDefault() ?? throw new InvalidDataException($"'{name}' is not a valid {typeof(T).Name}; allowed: "
                + $"{string.Join(", ", Enum.GetValues<T>().Select(Name))}.");
}
