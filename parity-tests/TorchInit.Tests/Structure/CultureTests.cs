using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace TorchInit.Tests.Structure;

/// <summary>
/// No assembly of src/ names a method of the framework that writes, reads or compares with the thread's culture. What the compiler called
/// is in the assembly's table of members, whether the source says <c>$"{n}"</c>, <c>text + n</c> or <c>n.ToString()</c>.
/// </summary>
public class CultureTests
{
    static readonly string[] s_numbers = ["Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Int128", "UInt128",
        "Half", "Single", "Double", "Decimal", "BigInteger", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly"];

    // Written by the generator for JSON (messages of its own), and digits between dots of a name, which every culture reads alike.
    static readonly string[] s_others = ["PlanJsonContext"];

    // Opcodes of IL.
    const byte Call = 0x28, CallVirtual = 0x6f, NewObject = 0x73;

    public static TheoryData<string> Assemblies => ["TorchInit", "TorchInit.Oracle", "TorchInit.Oracle.PythonNet", "TorchInit.Parity",
        "TorchInit.Cli", "InitNotebooks.Engine", "InitNotebooks.Kernel", "InitNotebooks.Plots"];

    [Theory, MemberData(nameof(Assemblies))]
    public void No_assembly_uses_the_threads_culture(string assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
        Assert.True(File.Exists(path), path);
        Violations.None("Name the invariant culture, or StringComparison.Ordinal", OfCulture(path).Distinct());
    }

    /// <summary>The text that the compiler makes for a record writes its numbers with the thread's culture.</summary>
    [Fact]
    public void A_public_record_of_numbers_writes_its_own_text()
        => Violations.None("A record with numbers overrides ToString",
            from type in typeof(DType).Assembly.GetExportedTypes()
            where type.GetMethod("ToString", [])?.IsDefined(typeof(CompilerGeneratedAttribute), false) == true
            from member in type.GetProperties()
            where s_numbers.Contains((Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType).Name)
            select $"{type.Name}.{member.Name}");

    [Fact]
    public void A_number_in_a_text_reads_back()
    {
        Assert.Equal("Embedding(10, 3, padding_idx=-1)", Modules.Embedding(10, 3, -1).Title);
        const string Call = "f(-1, -0.5, 1e-07, [-2, 3])(4, 5)";
        Assert.Equal(Call, TorchExpression.Parse(Call).ToString());
        InitPlan plan = InitPlan.Of("nn.init.uniform_(torch.empty(2, 3), -1234.5, 0.25)");
        Assert.Equal(plan.ToString(), PlanJson.Read(PlanJson.Write(plan)).ToString());
        Assert.Equal("Trying to create tensor with negative dimension -2: [-2, 3]",
            Assert.Throws<TorchArgumentException>(() => Fan.Of([-2, 3])).TorchMessage);
        Assert.Equal("Fan { In = 3, Out = 2 }", new Fan(3, 2).ToString());
    }

    [Fact]
    public void The_tests_culture_writes_no_number_as_torch_does()
        => Assert.Equal("\u22121,5", (-1.5).ToString(CultureInfo.CurrentCulture));

    static IEnumerable<string> OfCulture(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        Dictionary<int, string> found = [];
        for (int row = 1; row <= reader.GetTableRowCount(TableIndex.MemberRef); row++)
        {
            MemberReferenceHandle handle = MetadataTokens.MemberReferenceHandle(row);
            if (Called(reader, handle) is var (type, name, parameters) && IsOfCulture(type, name, parameters))
            {
                found.Add(MetadataTokens.GetToken(handle), $"{type}.{name}({string.Join(", ", parameters)})");
            }
        }
        for (int row = 1; row <= reader.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            MethodSpecificationHandle handle = MetadataTokens.MethodSpecificationHandle(row);
            MethodSpecification method = reader.GetMethodSpecification(handle);
            string[] of = [.. method.DecodeSignature(Names.Plain, null)];
            if (method.Method.Kind == HandleKind.MemberReference && of.Any(s_numbers.Contains)
                && Called(reader, (MemberReferenceHandle)method.Method) is ("String" or "StringBuilder", "Join" or "Concat" or "AppendJoin",
                    _) call)
            {
                found.Add(MetadataTokens.GetToken(handle), $"{call.Type}.{call.Name}<{string.Join(", ", of)}>");
            }
        }
        return [.. Calls(file, reader, found)];
    }

    static (string Type, string Name, string[] Parameters)? Called(MetadataReader reader, MemberReferenceHandle handle)
    {
        MemberReference member = reader.GetMemberReference(handle);
        return member.GetKind() == MemberReferenceKind.Method && member.Parent.Kind == HandleKind.TypeReference
            ? (Names.Plain.GetTypeFromReference(reader, (TypeReferenceHandle)member.Parent, 0), reader.GetString(member.Name),
                [.. member.DecodeMethodSignature(Names.Plain, null).ParameterTypes])
            : null;
    }

    /// <summary>Which method calls which of the found ones.</summary>
    static IEnumerable<string> Calls(PEReader file, MetadataReader reader, Dictionary<int, string> found)
    {
        foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            byte[]? code = method.RelativeVirtualAddress == 0 ? null : file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes();
            for (int at = 0; at + 5 <= code?.Length; at++)
            {
                if (code[at] is Call or CallVirtual or NewObject
                    && found.TryGetValue(BitConverter.ToInt32(code, at + 1), out string? called))
                {
                    string type = Names.Plain.GetTypeFromDefinition(reader, method.GetDeclaringType(), 0);
                    if (s_others.Contains(type)) { continue; }
                    yield return $"{type}.{reader.GetString(method.Name)} calls {called}";
                }
            }
        }
    }

    static bool IsOfCulture(string type, string name, string[] parameters) => (type, name) switch
    {
        ("DefaultInterpolatedStringHandler" or "AppendInterpolatedStringHandler", ".ctor") => !parameters.Contains("IFormatProvider"),
        ("StringBuilder", "Append") or ("TextWriter" or "Console", "Write" or "WriteLine")
            => parameters.Length > 0 && (s_numbers.Contains(parameters[0]) || parameters is ["String", "Object", ..]),
        ("StringBuilder", "Insert") => s_numbers.Contains(parameters[^1]),
        ("String", "Format") => !parameters.Contains("IFormatProvider"),
        ("String", "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf")
            => parameters.Contains("String") && !parameters.Contains("StringComparison"),
        ("String", "Compare" or "CompareTo" or "ToUpper" or "ToLower") => !parameters.Contains("StringComparison"),
        (_, "ToString" or "TryFormat" or "Parse" or "TryParse") => s_numbers.Contains(type) && !parameters.Contains("IFormatProvider"),
        ("CultureInfo", "get_CurrentCulture") => true,
        _ => false,
    };

    /// <summary>Types by their plain names.</summary>
    sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public static Names Plain { get; } = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
            => reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
            => reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
            byte rawTypeKind)
            => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[,]";

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "*";

        public string GetGenericInstantiation(string genericType, System.Collections.Immutable.ImmutableArray<string> typeArguments)
            => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "!!";

        public string GetGenericTypeParameter(object? genericContext, int index) => "!";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => $"{elementType}*";
    }
}
