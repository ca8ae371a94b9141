using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;
using TorchInit.Oracle.PythonNet;

namespace InitNotebooks.Interactive;

public sealed partial class PythonKernel
{
    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        // What it is, not what it holds: a weight may have a gigabyte.
        KernelValueInfo[] infos = [.. _values.Describe().Select(value =>
            new KernelValueInfo(value.Name, new FormattedValue(PlainTextFormatter.MimeType, value.Text), typeName: value.Type))];
        context.Publish(new ValueInfosProduced(infos, command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        try
        {
            object? value = _values.Get(command.Name);
            context.Publish(new ValueProduced(value, command.Name, JsonText.Form(value, command.MimeType), command));
        }
        catch (Exception error) when (error is PythonRaisedException or NotSupportedException)
        {
            context.Fail(command, message: $"Value '{command.Name}' of {Name} cannot be read: {error.Message}");
        }
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context)
    {
        try
        {
            _values.Set(command.Name, command.Value, command.FormattedValue);
        }
        catch (Exception error) when (error is PythonRaisedException or NotSupportedException)
        {
            context.Fail(command, message: $"Value '{command.Name}' cannot go to {Name}: {error.Message}");
        }
        return Task.CompletedTask;
    }
}
