using System.Text;
using System.Text.Json;

namespace TorchInit;

public static partial class PlanJson
{
    /// <summary>Writes a plan to a file, whole or not at all; large constants go into a safetensors file beside it, and neither file is
    /// replaced before both are written.</summary>
    /// <param name="path">The file; an existing one is replaced. The constants' file has the same name with <c>.safetensors</c> for
    /// <c>.json</c>.</param>
    /// <param name="plan">Any plan.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is that of the constants' file.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(string path, InitPlan plan)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(plan);
        PlanData data = new();
        PlanDocument document = data.Stored(Document(plan));
        if (data.Tensors.Count == 0)
        {
            AtomicFile.WriteText(path, JsonSerializer.Serialize(document, s_document));
            return;
        }
        string beside = Path.ChangeExtension(path, ".safetensors");
        if (beside.Equals(path, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"path is '{path}', which the plan's large constants need; allowed: another ending, as .json.",
                nameof(path));
        }
        AtomicFile.Write(path, text => AtomicFile.Write(beside, constants =>
        {
            Safetensors.Save(constants, data.Tensors);
            constants.Position = 0;
            document = document with { Data = new(Path.GetFileName(beside), PlanData.Sha256(constants)) };
            text.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(document, s_document)));
            text.Flush();
        }));
    }

    /// <summary>Loads a plan that <see cref="Save"/> or <see cref="Write"/> wrote, with the constants stored beside it.</summary>
    /// <param name="path">The file; it may be untrusted.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>, with the file's name; or the file beside the plan has
    /// changed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static InitPlan Load(string path)
        => InputFile.Read(path, FileFormat.Plan, stream =>
        {
            long most = 4L * Limits.Current.PlanCharacters;
            if (stream.Length > most)
            {
                throw new InvalidDataException($"{path} has {stream.Length} bytes; {Limits.Allowed(most, nameof(Limits.PlanCharacters))}.");
            }
            using StreamReader text = new(stream, leaveOpen: true);
            return Completed(text.ReadToEnd(), document => document.Data is null ? document
                : PlanData.Load(Path.GetDirectoryName(Path.GetFullPath(path))!, document.Data).Loaded(document));
        });
}
