using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Json.Schema;
using TorchInit.Parity;
using TorchInit.Tests.Plans;

namespace TorchInit.Tests.Docs;

/// <summary>docs/plan-format.md and docs/plan.schema.json, against what is written and read.</summary>
public partial class PlanFormatTests
{
    static readonly string s_text = Repository.Read("docs/plan.schema.json");
    static readonly JsonSchema s_schema = JsonSchema.FromText(s_text);

    static bool IsValid(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return s_schema.Evaluate(document.RootElement).IsValid;
    }

    [Fact]
    public void Every_plan_of_the_table_is_valid()
    {
        int count = 0;
        foreach (string expression in CaseTable.Groups.SelectMany(row => row.Expressions)
            .Where(expression => !expression.Contains("; ", StringComparison.Ordinal)))
        {
            InitPlan plan;
            try { plan = InitPlan.Of(expression); }
            catch (ArgumentException error) when (error.Message.Contains("strided view", StringComparison.Ordinal)) { continue; }
            Assert.True(IsValid(PlanJson.Write(plan)), expression);
            count++;
        }
        Assert.True(count > 100);
        Assert.True(IsValid(PlanJson.Write(FoldingTests.Decoder(12, 64, experts: 4))));
        Assert.True(IsValid(PlanJson.Write(InitPlan.Of("Linear(3, 4)", TorchProfile.Cuda("2.11", Gpu.H100Sxm)))));
    }

    [Fact]
    public void What_is_no_plan_is_not_valid()
    {
        string json = PlanJson.Write(FoldingTests.Decoder(12, 64));
        (string From, string To)[] changes =
        [
            ("\"format\": 1", "\"format\": 2"), ("\"platform\": \"linux-x64\"", "\"platform\": \"solaris\""), ("\"steps\"", "\"stages\""),
            ("\"kind\":\"parameter\"", "\"kind\":\"weight\""), ("\"shape\":[64]", "\"shape\":[-64]"), ("\"repeat\": 12", "\"repeat\": 0"),
            ("\"as\": \"i\"", "\"as\": \"x\""), ("\"op\":\"normal\"", "\"op\":\"pickle\""), ("\"std\":1.0,", ""),
            ("\"std\":1.0", "\"std\":\"one\""), ("{\"op\":\"normal\",", "{\"op\":\"normal\",\"extra\":1,"),
        ];
        foreach ((string from, string to) in changes)
        {
            string changed = json.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(json, changed);
            Assert.False(IsValid(changed), $"{from} → {to}");
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(changed));
        }
    }

    [Fact]
    public void The_schema_has_every_step_with_its_arguments()
    {
        JsonObject defs = JsonNode.Parse(s_text)!["$defs"]!.AsObject();
        IList<JsonDerivedType> steps = PlanJson.Options.GetTypeInfo(typeof(InitStep)).PolymorphismOptions!.DerivedTypes;
        Assert.Equal(steps.Select(step => $"step_{step.TypeDiscriminator}").Order(StringComparer.Ordinal),
            defs.Select(entry => entry.Key).Where(name => name.StartsWith("step_", StringComparison.Ordinal) && name != "step_block")
                .Order(StringComparer.Ordinal));
        foreach (JsonDerivedType step in steps) { Compare(step.DerivedType, defs[$"step_{step.TypeDiscriminator}"]!, "op"); }
        Compare(typeof(ParameterSpec), defs["tensor"]!);
        Compare(typeof(StepTarget), defs["target"]!);
        Compare(typeof(PlanDocument), JsonNode.Parse(s_text)!);
        Enums(defs["dtype"]!, [.. Enum.GetNames<DType>(), "bfloat16", "uint8"]);    // the last two are read, never written
        Enums(defs["tensor"]!["properties"]!["kind"]!, Enum.GetNames<ParameterKind>());
        Enums(defs["step_unary"]!["properties"]!["operation"]!, Enum.GetNames<UnaryOperation>());
        Enums(defs["step_scalar"]!["properties"]!["operation"]!, Enum.GetNames<ScalarOperation>());
        Enums(JsonNode.Parse(s_text)!["properties"]!["lapack"]!, Enum.GetNames<LapackImplementation>());
        Enums(JsonNode.Parse(s_text)!["properties"]!["erf"]!, Enum.GetNames<ErfImplementation>());
    }

    static void Compare(Type type, JsonNode schema, params string[] more)
    {
        JsonPropertyInfo[] members = [.. PlanJson.Options.GetTypeInfo(type).Properties.Where(member => member.Get is not null)];
        Assert.Equal(members.Select(member => member.Name).Concat(more).Order(StringComparer.Ordinal),
            schema["properties"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(members.Where(member => member.IsRequired).Select(member => member.Name).Concat(more).Order(StringComparer.Ordinal),
            schema["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
    }

    static void Enums(JsonNode schema, string[] names)
        => Assert.Equal(names.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Order(StringComparer.Ordinal),
            schema["enum"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_document_shows_what_is_written()
    {
        string[] blocks = [.. Blocks().Matches(Repository.Read("docs/plan-format.md")).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        Assert.Equal(PlanJson.Write(InitPlan.Of("Linear(3, 4)", TorchProfile.For("2.6"))).ReplaceLineEndings("\n"), blocks[0].Trim());
        InitPlan gpt = new("x", TorchProfile.For("2.6"), [.. Enumerable.Range(0, 48).SelectMany(layer => (ParameterSpec[])[
            new($"h.{layer}.ln_1.weight", [1600]), new($"h.{layer}.ln_1.bias", [1600])])], []);
        string written = PlanJson.Write(gpt).ReplaceLineEndings("\n");
        Assert.Contains(string.Join('\n', blocks[1].Trim().Split('\n').Select(line => "    " + line)), written, StringComparison.Ordinal);
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
