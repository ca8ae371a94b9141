using System.Reflection;
using InitNotebooks.Host;

// Runs the command in its own load context: a cell can use any version of Roslyn, NetMQ, MathNet and its other libraries.
string program = Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll");
MethodInfo main = new OwnContext(program).LoadFromAssemblyPath(program).EntryPoint!;
return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
