namespace TorchInit.Tests.Plans;

/// <summary>Texts and files that are no plan: the whole text of each refusal.</summary>
public sealed class PlanTextRefusalTests : IDisposable
{
    const string Valid = """
        {"title":"x","torch":"2.15","platform":"linux-x64","cpu":"avx2","erf":"vendor","lapack":"vendor",
         "tensors":[{"name":"w","shape":[4],"kind":"parameter"}],"steps":[{"op":"fill","target":{"tensor":"w"},"value":1}]}
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static void Refused(string why, string good, string bad)
    {
        Assert.Contains(good, Valid, StringComparison.Ordinal);
        string said = Assert.Throws<InvalidDataException>(() => PlanJson.Read(Valid.Replace(good, bad, StringComparison.Ordinal))).Message;
        Assert.StartsWith($"This is not a plan: {why}", said, StringComparison.Ordinal);
    }

    /// <summary>The words are about the plan, not about .NET's types, and say where.</summary>
    [Theory]
    [InlineData("'parametr' where allowed are parameter, buffer, scratch", "\"kind\":\"parameter\"", "\"kind\":\"parametr\"")]
    [InlineData("'vendr' where allowed are glibc", "\"erf\":\"vendor\"", "\"erf\":\"vendr\"")]
    [InlineData("a value that is no text where allowed are ", "\"cpu\":\"avx2\"", "\"cpu\":1")]
    [InlineData("'float31' where allowed are float32, float64, ", "\"kind\"", "\"d_type\":\"float31\",\"kind\"")]
    [InlineData("'colour' is no name of the format here", "\"kind\"", "\"colour\":1,\"kind\"")]
    [InlineData("'colour' is no name of the format here", "\"title\"", "\"colour\":1,\"title\"")]
    [InlineData("a value of another kind than the format has there", "\"shape\":[4]", "\"shape\":4")]
    [InlineData("there is no step 'fil'", "\"op\":\"fill\"", "\"op\":\"fil\"")]
    [InlineData("there is no 'torch'", "\"torch\":\"2.15\",", "")]
    public void Wrong_words_and_names(string why, string good, string bad)
    {
        string said = Assert.Throws<InvalidDataException>(() => PlanJson.Read(Valid.Replace(good, bad, StringComparison.Ordinal))).Message;
        Assert.StartsWith($"This is not a plan: {why}", said, StringComparison.Ordinal);
        foreach (string foreign in (string[])["TorchInit.", ".NET", "BytePosition", "System."])
        {
            Assert.DoesNotContain(foreign, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_example_is_valid() => Assert.Equal("fill_(w, 1.0)", PlanJson.Read(Valid).Steps[0].ToString());

    [Fact]
    public void Numbers()
    {
        Refused("'x' is not a number; allowed as a string: \"NaN\", \"NaN:\" with 16 hexadecimal digits, \"Infinity\", "
            + "\"-Infinity\"", "\"value\":1", "\"value\":\"x\"");
        Refused("'infinity' is not a number", "\"value\":1", "\"value\":\"infinity\"");
        Refused("expected a number", "\"value\":1", "\"value\":true");
        Refused("expected a number", "\"value\":1", "\"value\":null");
        const string Fill = "\"op\":\"fill\",\"target\":{\"tensor\":\"w\"},\"value\":1";
        Refused("expected a list of numbers", Fill, "\"op\":\"data\",\"target\":{\"tensor\":\"w\"},\"values\":1");
        Refused("expected a number", Fill, "\"op\":\"data\",\"target\":{\"tensor\":\"w\"},\"values\":[1,2,true,4]");
        Refused("0 values are given; allowed: one per element of w, whose shape is (4,).", Fill,
            "\"op\":\"data\",\"target\":{\"tensor\":\"w\"},\"values\":\"data.0\"");
        InitPlan data = PlanJson.Read(Valid.Replace(Fill,
            "\"op\":\"data\",\"target\":{\"tensor\":\"w\"},\"values\":[1,\"-Infinity\",\"Infinity\",\"NaN\"]", StringComparison.Ordinal));
        Assert.Equal([1, double.NegativeInfinity, double.PositiveInfinity, double.NaN], ((DataStep)data.Steps[0]).Values);
        Assert.Contains("[1.0,\"-Infinity\",\"Infinity\",\"NaN\"]", PlanJson.Write(data).Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_null()
    {
        Refused("title of PlanDocument is null", "\"title\":\"x\"", "\"title\":null");
        Refused("torch of PlanDocument is null", "\"torch\":\"2.15\"", "\"torch\":null");
        Refused("name of ParameterSpec is null", "\"name\":\"w\"", "\"name\":null");
        Refused("shape of ParameterSpec is null", "[4]", "null");
        Refused("target of FillStep is null", "{\"tensor\":\"w\"}", "null");
        Refused("tensor of StepTarget is null", "{\"tensor\":\"w\"}", "{\"tensor\":null}");
        Refused("one of the steps is null, or a block's list has no items", "{\"op\":\"fill\",\"target\":{\"tensor\":\"w\"},\"value\":1}",
            "null");
        Refused("one of the tensors is null, or a block's list has no items", "{\"name\":\"w\",\"shape\":[4],\"kind\":\"parameter\"}",
            "null");
        Refused("expected a list of steps", "[{\"op\":\"fill\",\"target\":{\"tensor\":\"w\"},\"value\":1}]", "{}");
        Refused("expected a list of tensors", "[{\"name\":\"w\",\"shape\":[4],\"kind\":\"parameter\"}]", "3");
        Assert.Equal("The plan is null.", Assert.Throws<InvalidDataException>(() => PlanJson.Read("null")).Message);
    }

    [Fact]
    public void Too_many_dimensions()
    {
        string ones = string.Join(',', Enumerable.Repeat("1", 64));
        Assert.Equal(64, PlanJson.Read(Valid.Replace("[4]", $"[{ones}]", StringComparison.Ordinal)).Tensors[0].Shape.Count);
        Refused("shape of ParameterSpec has 65 numbers; allowed: at most 64 (Limits.Dimensions raises it)", "[4]", $"[{ones},1]");
        Refused("strides of StepTarget has 65 numbers; allowed: at most 64 (Limits.Dimensions raises it)", "{\"tensor\":\"w\"}",
            $$"""{"tensor":"w","shape":[1],"strides":[{{ones}},1]}""");
    }

    [Fact]
    public void Blocks()
    {
        const string Tensor = "{\"name\":\"w\",\"shape\":[4],\"kind\":\"parameter\"}";
        static string Block(string head) => $$"""{{{head}}"items":[{"name":"w{i}","shape":[4],"kind":"parameter"}]}""";
        const string Property = "of a block is invalid; allowed, once each: repeat, as, items";
        Refused($"property 'repeat' {Property}", Tensor, Block("\"repeat\":\"2\",\"as\":\"i\","));
        Refused($"property 'repeat' {Property}", Tensor, Block("\"repeat\":2,\"repeat\":2,\"as\":\"i\","));
        Refused($"property 'as' {Property}", Tensor, Block("\"as\":\"i\",\"as\":\"i\",\"repeat\":2,"));
        Refused($"property 'as' {Property}", Tensor, Block("\"as\":1,\"repeat\":2,"));
        Refused($"property 'times' {Property}", Tensor, Block("\"as\":\"i\",\"times\":2,"));
        Refused("a block needs repeat, as and items", Tensor, Block("\"as\":\"i\","));
        Refused("a block needs repeat, as and items", Tensor, Block("\"repeat\":2,"));
        Refused("a block needs repeat, as and items", Tensor, "{\"repeat\":2,\"as\":\"i\"}");
        Refused("repeat of a block is 0; allowed: 1 or more", Tensor, Block("\"repeat\":0,\"as\":\"i\","));
        Refused("'as' of a block nested in 0 others is 'j'; allowed: 'i'", Tensor, Block("\"repeat\":2,\"as\":\"j\","));
        Refused("'as' of a block nested in 1 others is 'i'; allowed: 'j'", Tensor,
            $$"""{"repeat":2,"as":"i","items":[{{Block("\"repeat\":2,\"as\":\"i\",")}}]}""");
        string nested = "{\"repeat\":1,\"as\":\"m\",\"items\":[]}";
        foreach (char index in "lkji") { nested = $$"""{"repeat":1,"as":"{{index}}","items":[{{nested}}]}"""; }
        Refused("a block is nested in 4 others; allowed: 3", Tensor, nested);
        Refused("there are 400000 tensors; allowed: at most 100000 (Limits.Tensors raises it)", Tensor,
            Block("\"repeat\":400000,\"as\":\"i\","));
        Refused("'{' is not a name inside a block; allowed: text, and sums of i and numbers in braces, such as {i} or {2i+1}; write a "
            + "literal brace twice.", Tensor,
            """{"repeat":2,"as":"i","items":[{"name":"w{i}","shape":[4],"kind":"parameter","same_as":"{"}]}""");
    }

    [Fact]
    public void Formats()
    {
        foreach ((string text, int format) in ((string, int)[])[("{\"format\":2}", 2), ("{\"format\":0}", 0),
            (Valid.Replace("{\"title\"", "{\"format\":9,\"title\"", StringComparison.Ordinal), 9),
            (Valid.Replace("\"value\":1}]", "\"value\":1}],\"format\":-1", StringComparison.Ordinal), -1)])
        {
            Assert.Equal($"The plan has format {format}; allowed: 1 to 1. A later version of TorchInit may read it.",
                Assert.Throws<InvalidDataException>(() => PlanJson.Read(text)).Message);
        }
    }

    [Fact]
    public void The_file_beside_a_plan()
    {
        string path = Path.Combine(_folder, "m.json");
        InitPlan plan = new("x", TorchProfile.Default, [new("w", [1025])], [new DataStep("w", new double[1025])]);
        PlanJson.Save(path, plan);
        string text = File.ReadAllText(path);
        Assert.Equal("This plan's values are in m.safetensors beside it; read it with PlanJson.Load.",
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(text)).Message);
        foreach (string elsewhere in (string[])["", ".", "..", "../m.safetensors", "a/m.safetensors", "a\\\\m.safetensors"])
        {
            File.WriteAllText(path, text.Replace("m.safetensors", elsewhere, StringComparison.Ordinal));
            string name = elsewhere.Replace("\\\\", "\\", StringComparison.Ordinal);
            Assert.Equal($"{path}: The plan's values are in '{name}'; allowed: a file in the plan's folder.",
                Assert.Throws<InvalidDataException>(() => PlanJson.Load(path)).Message);
        }
        File.WriteAllText(path, text.Replace("m.safetensors", "n.safetensors", StringComparison.Ordinal));
        Assert.Equal($"{path}: {Path.Combine(_folder, "n.safetensors")} does not exist; it holds the plan's values.",
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path)).Message);
        File.WriteAllText(path, text.Replace("data.0", "data.1", StringComparison.Ordinal));
        Assert.Equal($"{path}: The plan's values 'data.1' are not in the file beside it as float32 or float64.",
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path)).Message);
        File.WriteAllText(path, text);
        Assert.Equal(1025, ((DataStep)PlanJson.Load(path).Steps[0]).Values.Count);
        File.AppendAllText(Path.Combine(_folder, "m.safetensors"), "x");
        Assert.Equal($"{path}: {Path.Combine(_folder, "m.safetensors")} is not the file that the plan was written with: "
            + "its SHA-256 differs.",
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path)).Message);
    }

    /// <summary>Up to 1,024 values stand in the text; equal lists stand in the file once, as float32 where that loses nothing.</summary>
    [Fact]
    public void What_goes_into_the_file()
    {
        string path = Path.Combine(_folder, "m.json"), beside = Path.Combine(_folder, "m.safetensors");
        ParameterSpec[] tensors = [new("few", [1024]), new("a", [1025]), new("b", [1025]), new("c", [1025])];
        double[] same = [.. Enumerable.Range(0, 1025).Select(i => i / 2.0)], fine = [.. same.Select(x => x / 3)];
        PlanJson.Save(path, new("x", TorchProfile.Default, tensors, [new DataStep("few", same[..1024])]));
        Assert.False(File.Exists(beside));
        PlanJson.Save(path, new("x", TorchProfile.Default, tensors,
            [new DataStep("a", same), new DataStep("b", [.. same]), new DataStep("c", fine)], [new DataStep("a", same)]));
        StateDict stored = Safetensors.Load(beside);
        Assert.Equal(["data.0", "data.1"], stored.Keys);
        Assert.Equal((DType.Float32, DType.Float64), (stored["data.0"].DType, stored["data.1"].DType));
        InitPlan read = PlanJson.Load(path);
        Assert.Equal([same, same, fine], read.Steps.Select(step => ((DataStep)step).Values));
        Assert.Equal(same, ((DataStep)read.ResetSteps![0]).Values);
    }

    static readonly InitPlan s_large = new("x", TorchProfile.Default, [new("w", [2000])],
        [new DataStep("w", [.. Enumerable.Range(0, 2000).Select(at => (double)at)])]);

    [Fact]
    public void A_plan_that_cannot_be_written_leaves_its_constants_as_they_were()
    {
        string folder = Directory.CreateTempSubdirectory("plan-").FullName;
        try
        {
            string path = Path.Combine(folder, "p.json"), beside = Path.Combine(folder, "p.safetensors");
            Directory.CreateDirectory(path);
            File.WriteAllText(beside, "old");
            Assert.Throws<IOException>(() => PlanJson.Save(path, s_large));
            Assert.Equal("old", File.ReadAllText(beside));
            Directory.Delete(path);
            File.WriteAllText(path, "old");
            File.Delete(beside);
            Directory.CreateDirectory(beside);
            Assert.Throws<IOException>(() => PlanJson.Save(path, s_large));
            Assert.Equal("old", File.ReadAllText(path));
            Directory.Delete(beside);
            PlanJson.Save(path, s_large);
            Assert.Equal(s_large.Steps, PlanJson.Load(path).Steps);
            Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Theory]
    [InlineData("p.safetensors")]
    [InlineData("p.SafeTensors")]
    public void A_plan_is_not_written_where_its_constants_are(string name)
    {
        string folder = Directory.CreateTempSubdirectory("plan-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            Assert.Equal("path", Assert.Throws<ArgumentException>(() => PlanJson.Save(path, s_large)).ParamName);
            Assert.Empty(Directory.GetFileSystemEntries(folder));
            PlanJson.Save(path, Modules.Linear(3, 4));             // no constants
            Assert.Equal(2, PlanJson.Load(path).Steps.Count);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
