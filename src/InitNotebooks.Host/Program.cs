using System.Reflection;
using InitNotebooks.Host;

// The command, in a load context of its own: a cell can have any version of Roslyn, NetMQ, MathNet and what else the command is made of.
string program = Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll");
MethodInfo main = new OwnContext(program).LoadFromAssemblyPath(program).EntryPoint!;
return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
