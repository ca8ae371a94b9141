using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchInit.Tests.Structure;

/// <summary>A public method, constructor or indexer, which can be called with spans, too: an array stands for each.</summary>
/// <param name="Method">A method without open type parameters, or a constructor.</param>
sealed record PublicCall(MethodBase Method)
{
    readonly Action<object?, object?[]> _call = Compiled(Method);

    /// <summary>Type and method: <c>Modules.Linear</c>.</summary>
    public string Name => $"{Method.DeclaringType!.Name}.{(Method.IsConstructor ? "new" : Method.Name)}";

    public ParameterInfo[] Parameters { get; } = Method.GetParameters();

    /// <summary>All of an assembly; methods of element types with float elements.</summary>
    public static IEnumerable<PublicCall> All(Assembly assembly)
        => from type in assembly.GetExportedTypes()
           where !type.IsEnum && !type.IsSubclassOf(typeof(Delegate)) && !type.IsInterface && !type.IsGenericTypeDefinition
           from member in type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where member is MethodBase && !(type.IsAbstract && member is ConstructorInfo)
           let method = (MethodBase)member
           where method.GetParameters().Length > 0 && !IsMadeByTheCompiler(method) && !type.Name.Contains('<', StringComparison.Ordinal)
           where member.Name != "set_Current"              // of Limits: the whole process's
           select new PublicCall(method.IsGenericMethodDefinition ? OfFloats((MethodInfo)method) : method);

    public object?[] GoodArguments() => [.. Parameters.Select(parameter => SampleArguments.Good(parameter, Method))];

    public void Invoke(object?[] arguments)
        => _call(Method.IsStatic || Method.IsConstructor ? null : SampleArguments.Instance(Method.DeclaringType!), arguments);

    public override string ToString() => $"{Name}({string.Join(", ", Parameters.Select(parameter => parameter.Name))})";

    static bool IsMadeByTheCompiler(MethodBase method) => method.Name is "Equals" or "CompareTo" or "Deconstruct" or "GetHashCode"
        || method.Name.StartsWith("op_", StringComparison.Ordinal) || method.Name.Contains('<', StringComparison.Ordinal)
        || method.Name.StartsWith("add_", StringComparison.Ordinal) || method.Name.StartsWith("remove_", StringComparison.Ordinal)
        || method.IsDefined(typeof(CompilerGeneratedAttribute));

    static MethodInfo OfFloats(MethodInfo method)
        => method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => typeof(float))]);

    static Action<object?, object?[]> Compiled(MethodBase method)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object)), arguments = Expression.Parameter(typeof(object[]));
        List<ParameterExpression> results = [];
        Expression[] given = [.. method.GetParameters().Select(Argument)];
        Expression call = method is ConstructorInfo constructor ? Expression.New(constructor, given)
            : Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), (MethodInfo)method, given);
        if (call.Type == typeof(Task) || call.Type.IsSubclassOf(typeof(Task)))
        {
            call = Expression.Call(Expression.Convert(call, typeof(Task)), typeof(Task).GetMethod(nameof(Task.Wait), [])!);
        }
        return Expression.Lambda<Action<object?, object?[]>>(Expression.Block(typeof(void), results, call), instance, arguments).Compile();

        Expression Argument(ParameterInfo parameter)
        {
            if (parameter.ParameterType.IsByRef)
            {
                results.Add(Expression.Variable(parameter.ParameterType.GetElementType()!));
                return results[^1];
            }
            Expression value = Expression.ArrayIndex(arguments, Expression.Constant(parameter.Position));
            if (!parameter.ParameterType.IsByRefLike) { return Expression.Convert(value, parameter.ParameterType); }
            Type array = parameter.ParameterType.GetGenericArguments()[0].MakeArrayType();
            return Expression.Convert(Expression.Convert(value, array), parameter.ParameterType,
                parameter.ParameterType.GetMethod("op_Implicit", [array]));
        }
    }
}
