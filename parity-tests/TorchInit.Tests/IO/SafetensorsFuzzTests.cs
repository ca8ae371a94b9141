using CsCheck;

namespace TorchInit.Tests.IO;

public class SafetensorsFuzzTests
{
    static readonly byte[] s_valid = SafetensorsFiles.Saved(SafetensorsFiles.Mixed(), new Dictionary<string, string> { ["format"] = "pt" });

    [Fact]
    public void A_mutated_file_is_read_or_refused_and_nothing_else()
    {
        // Characters of the header's own alphabet reach further than random bytes do.
        Gen<byte> value = Gen.OneOf(Gen.Byte, Gen.Char["0123456789-{}[],:\"eE\\u _FBI"].Select(letter => (byte)letter));
        Gen<byte[]> changed =
            from edits in Gen.Select(Gen.Int[0, s_valid.Length - 1], value).Array[1, 6]
            from kind in Gen.Int[0, 2]
            select Mutate(edits, kind);
        changed.Sample(file =>
        {
            try { Assert.NotNull(Safetensors.Load(new MemoryStream(file))); }
            catch (InvalidDataException)
            {
                // Refused: any other exception fails the test.
            }
        }, iter: 20_000);
    }

    static byte[] Mutate((int At, byte Value)[] edits, int kind)
    {
        List<byte> file = [.. s_valid];
        foreach ((int at, byte value) in edits)
        {
            int index = Math.Min(at, file.Count - 1);
            if (kind == 0) { file[index] = value; }
            else if (kind == 1) { file.Insert(index, value); file[0]++; }
            else { file.RemoveAt(index); file[0]--; }
        }
        return [.. file];
    }
}
