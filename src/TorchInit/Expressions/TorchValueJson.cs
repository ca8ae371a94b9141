using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TorchInit.Syntax;

/// <summary>Writes a <see cref="TorchValue"/> as the JSON that <see cref="TorchValue.ToJson"/> describes.</summary>
static class TorchValueJson
{
    public static string Of(TorchValue value)
    {
        using MemoryStream json = new();
        // The relaxed encoder is safe because the JSON is not put into HTML; floats are strings, so inf and nan are possible and no reader
        // rounds.
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, value);
        }
        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    static void Write(Utf8JsonWriter writer, TorchValue value)
    {
        switch (value)
        {
            case TorchNone: writer.WriteNullValue(); break;
            case TorchBool flag: writer.WriteBooleanValue(flag.Value); break;
            case TorchInt number: writer.WriteNumberValue(number.Value); break;
            case TorchString literal: writer.WriteStringValue(literal.Value); break;
            case TorchList list: WriteAll(writer, list.Items); break;
            case TorchFloat number:
                writer.WriteStartObject();
                writer.WriteString("float", PythonFloat.Repr(number.Value));
                writer.WriteEndObject();
                break;
            case TorchTuple tuple:
                writer.WriteStartObject();
                writer.WritePropertyName("tuple");
                WriteAll(writer, tuple.Items);
                writer.WriteEndObject();
                break;
            case TorchTransposed view:
                writer.WriteStartObject();
                writer.WritePropertyName("transpose");
                Write(writer, view.Shape);
                writer.WriteEndObject();
                break;
            case TorchDType dtype:
                writer.WriteStartObject();
                writer.WriteString("dtype", dtype.Value.TorchName());
                writer.WriteEndObject();
                break;
            case TorchDict dict: WriteDict(writer, dict); break;
            case TorchCall call: WriteCall(writer, call); break;
            default: throw new NotSupportedException($"{value.GetType()} has no JSON form.");
        }
    }

    static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<TorchValue> items)
    {
        writer.WriteStartArray();
        foreach (TorchValue item in items) { Write(writer, item); }
        writer.WriteEndArray();
    }

    static void WriteDict(Utf8JsonWriter writer, TorchDict dict)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(dict.IsOrdered ? "ordered_dict" : "dict");
        foreach ((string key, TorchValue value) in dict.Items)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(key);
            Write(writer, value);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteCall(Utf8JsonWriter writer, TorchCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("call", call.Name);
        writer.WritePropertyName("args");
        WriteAll(writer, call.Arguments);
        writer.WriteStartObject("kwargs");
        foreach (TorchKeyword keyword in call.Keywords)
        {
            writer.WritePropertyName(keyword.Name);
            Write(writer, keyword.Value);
        }
        writer.WriteEndObject();
        if (call.Forward is not null)
        {
            writer.WriteStartArray("forward");
            foreach (long size in call.Forward) { writer.WriteNumberValue(size); }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
