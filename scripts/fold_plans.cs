// Writes each recording of one folder to another, folded: layers that repeat are one block with a count.
#:project ../src/TorchInit/TorchInit.csproj
using TorchInit;

foreach (string path in Directory.EnumerateFiles(args[0], "*.initplan.json"))
{
    File.WriteAllText(Path.Combine(args[1], Path.GetFileName(path)), PlanJson.Write(PlanJson.Read(File.ReadAllText(path))));
}
