using System.IO.Compression;
using System.Text;
using TorchInit.Parity;

namespace TorchInit.Tests.IO;

/// <summary>What a file says about itself is not believed, and one tensor that is not judged makes no file unreadable.</summary>
public class ReaderLimitsTests
{
    static byte[] Npy(string descr, string shape, byte[] data, bool fortran = false)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. data];
    }

    static MemoryStream Npz(params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        file.Position = 0;
        return file;
    }

    static string Refused(Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string said = Assert.Throws<InvalidDataException>(read).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        return said;
    }

    [Fact]
    public void A_bomb_of_zeros_is_refused_by_its_directory()
    {
        using MemoryStream bomb = Npz(("a.npy", Npy("<f4", "(20000000,)", new byte[80_000_000])));
        Assert.Contains("Limits.Expansion", Refused(() => TorchInit.Npz.Load(bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_gigabytes_allocates_nothing()
    {
        using MemoryStream small = Npz(("a.npy", Npy("<f4", "(500000000,)", [])));
        Assert.Contains("needs 2000000000 bytes; 0 are left", Refused(() => TorchInit.Npz.Load(small)), StringComparison.Ordinal);
        // A stream whose length nobody knows: memory is taken as the bytes come.
        using MemoryStream zipped = new();
        using (DeflateStream deflate = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(Npy("<f4", "(500000000,)", new byte[100]));
        }
        zipped.Position = 0;
        using DeflateStream stream = new(zipped, CompressionMode.Decompress);
        Assert.Contains("truncated", Refused(() => TorchInit.Npy.Load(stream)), StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_are_bounded_in_every_format()
    {
        string ones = string.Join(", ", Enumerable.Repeat("1", 246));
        Assert.Contains("Limits.Dimensions", Refused(() => TorchInit.Npy.Load(new MemoryStream(Npy("<f4", $"({ones})", new byte[4])))),
            StringComparison.Ordinal);
        byte[] safetensors = SafetensorsFiles.Of($$$"""{"a":{"dtype":"F32","shape":[{{{ones}}}],"data_offsets":[0,4]}}""", 4);
        Assert.Contains("Limits.Dimensions", Refused(() => Safetensors.Load(new MemoryStream(safetensors))), StringComparison.Ordinal);
    }

    [Fact]
    public void Fortran_order_of_64_dimensions_is_read()
    {
        string shape = $"(2, {string.Concat(Enumerable.Repeat("1, ", 62))}3)";
        byte[] data = [.. new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes)];
        Assert.Equal([1f, 3, 5, 2, 4, 6], TorchInit.Npy.Load(new MemoryStream(Npy("<f4", shape, data, fortran: true))).AsSpan<float>()
            .ToArray());
    }

    [Theory]
    [InlineData("BOOL", 8)]
    [InlineData("U16", 16)]
    [InlineData("U32", 32)]
    [InlineData("U64", 64)]
    [InlineData("C64", 64)]
    [InlineData("F8_E4M3", 8)]
    [InlineData("F8_E5M2", 8)]
    [InlineData("F8_E8M0", 8)]
    [InlineData("F8_E4M3FNUZ", 8)]
    [InlineData("F8_E5M2FNUZ", 8)]
    [InlineData("F4", 4)]
    [InlineData("F6_E2M3", 6)]
    [InlineData("F6_E3M2", 6)]
    public void Every_other_dtype_of_the_format_is_kept(string dtype, int bits)
    {
        int bytes = 4 * bits / 8;
        byte[] file = SafetensorsFiles.Of($$$"""{"w":{"dtype":"F32","shape":[1],"data_offsets":[{{{bytes}}},{{{bytes + 4}}}]},"m":{"dtype":"{{{dtype}}}","shape":[2,2],"data_offsets":[0,{{{bytes}}}]}}""", bytes + 4);
        for (int at = 0; at < bytes + 4; at++) { file[^(at + 1)] = (byte)(at + 1); }
        StateDict read = Safetensors.Load(new MemoryStream(file));
        Assert.Equal(["w"], read.Keys);
        StateDict again = Safetensors.Load(new MemoryStream(SafetensorsFiles.Saved(read)));
        OpaqueTensor kept = Assert.Single(again.Opaque);
        List<byte> there = [];
        kept.VisitBytes(run => there.AddRange(run));
        Assert.Equal(file[^(bytes + 4)..^4], there);
        Assert.Equal($"m (2, 2), {dtype}", kept.ToString());
        Assert.Throws<ArgumentException>(() => again.Add("m", read["w"]));
    }

    [Fact]
    public void What_the_reference_reads_is_read()
    {
        // null is no metadata, and a key that a later version of the format may have is skipped.
        byte[] file = SafetensorsFiles.Of("""{"__metadata__":null,"a":{"dtype":"F32","new":{"x":[1,{}]},"shape":[1],"data_offsets":[0,4]}}""", 4);
        Assert.Equal(["a"], Safetensors.Load(new MemoryStream(file)).Keys);
        Assert.Empty(Safetensors.LoadMetadata(new MemoryStream(file)));
        Assert.Contains("whole bytes",
            Refused(() => Safetensors.Load(new MemoryStream(SafetensorsFiles.Of("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1)))),
            StringComparison.Ordinal);
        Assert.Contains("holds the number -0",
            Refused(() => Safetensors.Load(new MemoryStream(SafetensorsFiles.Of("""{"a":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}""", 0)))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_other_types_in_an_npz_are_kept()
    {
        byte[] floats = [.. new float[] { 7, 8 }.SelectMany(BitConverter.GetBytes)];
        using MemoryStream file = Npz(("w.npy", Npy("<f4", "(2,)", floats)),
            ("mask.npy", Npy("|b1", "(2, 3)", [1, 2, 3, 4, 5, 6], fortran: true)), ("big.npy", Npy(">f4", "(1,)", [0, 0, 0, 1])));
        StateDict read = TorchInit.Npz.Load(file);
        Assert.Equal([7f, 8], read["w"].AsSpan<float>().ToArray());
        Assert.Equal(["mask (2, 3), BOOL", "big (1,), >f4"], read.Opaque.Select(tensor => tensor.ToString()));
        List<byte> mask = [];
        read.Opaque[0].VisitBytes(run => mask.AddRange(run));
        Assert.Equal([1, 3, 5, 2, 4, 6], mask);
        using MemoryStream pickle = Npz(("o.npy", Npy("|O", "(2,)", new byte[16])));
        Assert.Contains("'|O'", Refused(() => TorchInit.Npz.Load(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_is_said_not_to_be_judged()
    {
        InitPlan plan = InitPlan.Of("Linear(2, 3)");
        byte[] saved = SafetensorsFiles.Saved(plan.Materialize(5));
        string header = Encoding.UTF8.GetString(saved, 8, BitConverter.ToInt32(saved)).TrimEnd();
        byte[] data = saved[(8 + BitConverter.ToInt32(saved))..];
        string mask = $$"""{"dtype":"BOOL","shape":[2],"data_offsets":[{{data.Length}},{{data.Length + 2}}]}""";
        byte[] file = SafetensorsFiles.Of($"{header[..^1]},\"mask\":{mask}}}", data.Length + 2);
        data.CopyTo(file, file.Length - data.Length - 2);
        Verdict verdict = Verifier.Judge(Safetensors.Load(new MemoryStream(file)), new("Linear(2, 3)"), 5);
        Assert.Equal(Judgement.SameBits, verdict.Judgement);
        Assert.Contains(verdict.Evidence, said => said.Contains("mask (2,), BOOL", StringComparison.Ordinal));
    }
}
