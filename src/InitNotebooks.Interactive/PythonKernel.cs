using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using TorchInit.Oracle.PythonNet;

namespace InitNotebooks.Interactive;

/// <summary>Python cells of .NET Interactive, run by the Python of this process.</summary>
public sealed partial class PythonKernel : Kernel,
    IKernelCommandHandler<SubmitCode>,
    IKernelCommandHandler<RequestCompletions>,
    IKernelCommandHandler<RequestValueInfos>,
    IKernelCommandHandler<RequestValue>,
    IKernelCommandHandler<SendValue>
{
    readonly PythonCells _cells;
    readonly PythonValues _values;
    readonly PythonThread _thread = new();

    /// <summary>Creates a kernel whose cells share the namespace of the process's Python.</summary>
    /// <param name="name">The kernel's name; cells select it by <c>#!name</c>.</param>
    /// <param name="cells">Runs the cells.</param>
    public PythonKernel(string name, PythonCells cells) : base(name)
    {
        ArgumentNullException.ThrowIfNull(cells);
        (_cells, _values) = (cells, new(cells));
        KernelInfo.LanguageName = "python";
        KernelInfo.LanguageVersion = cells.Host.Python.Version;
        KernelInfo.DisplayName = $"{name} - Python in this process";
        RegisterForDisposal(_thread);
    }

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new CodeSubmissionReceived(command));
        context.Publish(new CompleteCodeSubmissionReceived(command));
        using TextBatches texts = new((text, isError) => context.Publish(Text(text, isError, command)));
        try
        {
            using CancellationTokenRegistration interrupt = context.CancellationToken.Register(_cells.Interrupt);
            await _thread.Run(() => _cells.Run(command.Code, output => Show(output, texts, command, context)));
        }
        catch (PythonRaisedException error)
        {
            texts.Flush();
            context.Fail(command, message: error.Traceback);
        }
    }

    Task IKernelCommandHandler<RequestCompletions>.HandleAsync(RequestCompletions command, KernelInvocationContext context)
    {
        int position = Offset(command.Code, command.LinePosition);
        PythonCompletion found = _cells.Complete(command.Code, position);
        LinePosition start = new(command.LinePosition.Line, command.LinePosition.Character - (position - found.Start));
        context.Publish(new CompletionsProduced([.. found.Names.Select(name => new CompletionItem(name, "Text"))], command,
            new(start, command.LinePosition)));
        return Task.CompletedTask;
    }

    static void Show(PythonCellOutput output, TextBatches texts, SubmitCode command, KernelInvocationContext context)
    {
        if (output is PythonCellText text) { texts.Write(text.Text, text.IsError); }
        if (output is not PythonCellDisplay shown) { return; }
        texts.Flush();
        FormattedValue[] forms = [.. shown.Data.Select(form => new FormattedValue(form.Key, form.Value))];
        context.Publish(shown.IsResult ? new ReturnValueProduced(shown, command, forms)
            : new DisplayedValueProduced(shown, command, forms));
    }

    static DisplayEvent Text(string text, bool isError, SubmitCode command)
    {
        FormattedValue[] forms = [new(PlainTextFormatter.MimeType, text)];
        return isError ? new StandardErrorValueProduced(command, forms) : new StandardOutputValueProduced(command, forms);
    }

    static int Offset(string code, LinePosition place)
    {
        int start = 0;
        for (int line = 0; line < place.Line; line++) { start = code.IndexOf('\n', start) + 1; }
        return Math.Min(start + place.Character, code.Length);
    }
}
