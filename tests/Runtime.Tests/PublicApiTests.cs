using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests;

/// <summary>Holds the public surface to <c>runtime/PublicAPI.txt</c>.</summary>
public sealed class PublicApiTests
{
    private static readonly NullabilityInfoContext s_nullability = new();

    [Fact]
    public void The_public_surface_is_the_recorded_one()
    {
        var path = Repository.PathOf("runtime", "PublicAPI.txt");
        var actual = typeof(TaskGroup).Assembly.GetExportedTypes()
            .SelectMany(Describe)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1")
            File.WriteAllText(path, string.Join("\n", actual) + "\n");
        Assert.Equal(File.ReadAllLines(path), actual);
    }

    [Fact]
    public void Every_token_parameter_is_called_cancellationToken()
    {
        var wrong =
            from type in typeof(TaskGroup).Assembly.GetExportedTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            where method.DeclaringType == type
            from parameter in method.GetParameters()
            where parameter.ParameterType == typeof(System.Threading.CancellationToken)
            where parameter.Name != "cancellationToken"
            select $"{type.Name}.{method.Name}({parameter.Name})";
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Describe(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : "class";
        var modifier = kind != "class" ? "" : type.IsAbstract && type.IsSealed ? "static "
            : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "";
        var bases = type.GetInterfaces()
            .Where(contract => contract.IsPublic)
            .Select(contract => Name(contract))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && !type.IsEnum && !type.IsValueType)
            bases.Insert(0, Name(parent));
        var heading = $"{Name(type)} ({modifier}{kind})";
        yield return bases.Count == 0 || type.IsEnum ? heading : $"{heading} : {string.Join(", ", bases)}";
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
                yield return $"{Name(type)}.{name} = {Convert.ToInt32(Enum.Parse(type, name))}";
            yield break;
        }
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        foreach (var constructor in type.GetConstructors(Declared))
            yield return $"{Name(type)}.ctor({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Declared))
        {
            var accessors = (property.GetMethod?.IsPublic == true ? "get; " : "")
                + (property.SetMethod?.IsPublic == true ? "set; " : "");
            var scope = (property.GetMethod ?? property.SetMethod)!.IsStatic ? " (static)" : "";
            var text = Name(property.PropertyType, s_nullability.Create(property));
            yield return $"{Name(type)}.{property.Name} {{ {accessors}}} : {text}{scope}";
        }
        foreach (var item in type.GetEvents(Declared))
        {
            var scope = item.AddMethod!.IsStatic ? "static event" : "event";
            yield return $"{Name(type)}.{item.Name} : {Name(item.EventHandlerType!)} ({scope})";
        }
        foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName))
        {
            var arguments = method.IsGenericMethod
                ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
                : "";
            var scope = method.IsStatic ? " (static)" : method.GetBaseDefinition() != method ? " (override)" : "";
            var result = Name(method.ReturnType, s_nullability.Create(method.ReturnParameter));
            yield return $"{Name(type)}.{method.Name}{arguments}({Parameters(method)}) : {result}{scope}";
        }
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter =>
        {
            var type = parameter.ParameterType;
            var kind = parameter.IsOut ? "out " : "";
            var text = Name(type.IsByRef ? type.GetElementType()! : type, s_nullability.Create(parameter));
            var value = (parameter.DefaultValue ?? "default").ToString()!.ToLowerInvariant();
            return $"{kind}{text} {parameter.Name}{(parameter.HasDefaultValue ? $" = {value}" : "")}";
        }));

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        var mark = nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter
            ? "?"
            : "";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]" + mark;
        if (type is { IsNested: true, IsGenericParameter: false })
            return $"{Name(type.DeclaringType!)}.{type.Name}";
        if (!type.IsGenericType)
            return Keyword(type) + mark;
        var arguments = type.GetGenericArguments().Select((argument, i) =>
            Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", arguments)}>{mark}";
    }

    private static string Keyword(Type type) => type.Name switch
    {
        "Void" => "void",
        "Boolean" => "bool",
        "Int32" => "int",
        "String" => "string",
        "Object" => "object",
        var name => name,
    };
}
