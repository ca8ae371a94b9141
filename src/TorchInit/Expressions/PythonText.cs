using System.Globalization;
using System.Text;

namespace TorchInit.Syntax;

/// <summary>Prints a <see cref="TorchValue"/> as Python source in canonical form: one space after commas, floats and strings as repr writes
/// them.</summary>
static class PythonText
{
    public static string Of(TorchValue value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    static void Append(StringBuilder text, TorchValue value)
    {
        switch (value)
        {
            case TorchNone: text.Append("None"); break;
            case TorchBool flag: text.Append(flag.Value ? "True" : "False"); break;
            case TorchInt number: text.Append(CultureInfo.InvariantCulture, $"{number.Value}"); break;
            case TorchFloat number: text.Append(PythonFloat.Repr(number.Value)); break;
            case TorchString literal: text.Append(PythonString.Repr(literal.Value)); break;
            case TorchList list: AppendAll(text.Append('['), list.Items).Append(']'); break;
            case TorchTuple tuple: AppendAll(text.Append('('), tuple.Items).Append(tuple.Items.Count == 1 ? ",)" : ")"); break;
            case TorchTransposed view: Append(text, view.Shape); text.Append(".T"); break;
            case TorchDType dtype: text.Append("torch.").Append(dtype.Value.TorchName()); break;
            case PythonSet { Items.Count: 0 }: text.Append("set()"); break;
            case PythonSet set: AppendAll(text.Append('{'), set.Items).Append('}'); break;
            case TorchDict dict: AppendDict(text, dict); break;
            case PythonLong number: text.Append(CultureInfo.InvariantCulture, $"{number.Value}"); break;
            case ModuleState state: Append(text, state.Module); text.Append(".state_dict()"); break;
            case PythonCallable callable: text.Append(callable.Name); break;
            case TorchMember member: Append(text, member.Owner); text.Append('.').Append(member.Path); break;
            case TorchCall call: AppendCall(text, call); break;
            default: throw new NotSupportedException($"{value.GetType()} has no Python spelling.");
        }
    }

    static StringBuilder AppendAll(StringBuilder text, IReadOnlyList<TorchValue> items)
    {
        for (int i = 0; i < items.Count; i++) { Append(i == 0 ? text : text.Append(", "), items[i]); }
        return text;
    }

    static void AppendDict(StringBuilder text, TorchDict dict)
    {
        text.Append(dict.IsOrdered ? "OrderedDict({" : "{");
        for (int i = 0; i < dict.Items.Count; i++)
        {
            Append(text.Append(i == 0 ? "" : ", "), PythonKey.Value(dict.Items[i].Key));
            Append(text.Append(": "), dict.Items[i].Value);
        }
        text.Append(dict.IsOrdered ? "})" : "}");
    }

    static void AppendCall(StringBuilder text, TorchCall call)
    {
        AppendAll(text.Append(ProgramRecorder.NameOf(call)).Append('('), call.Arguments);
        bool first = call.Arguments.Count == 0;
        foreach (TorchKeyword keyword in call.Keywords)
        {
            Append(text.Append(first ? "" : ", ").Append(keyword.Name).Append('='), keyword.Value);
            first = false;
        }
        text.Append(')');
        // A scalar input is written (()), because () would be a call without input.
        if (call.Forward is not null)
        {
            text.Append('(').Append(call.Forward.Count == 0 ? "()" : TensorShape.Listed([.. call.Forward])).Append(')');
        }
    }
}
