using System;
using System.Linq;

namespace ScopedTasks;

/// <summary>Decides how messages call what somebody awaits.</summary>
internal static class TypeNames
{
    /// <summary>The awaited type, by that of its awaiter.</summary>
    public static string OfAwaited(Type awaiter)
    {
        var name = Of(awaiter);
        var awaitable = name.StartsWith("Configured", StringComparison.Ordinal) ? name["Configured".Length..] : name;
        return awaitable.Replace("Awaiter", "").Replace("Awaitable", "") is { Length: > 0 } rest ? rest : name;
    }

    /// <summary>A type, with its arguments.</summary>
    public static string Of(Type type)
    {
        if (type.DeclaringType is { } outer && type.Name is "Awaiter" or "ConfiguredTaskAwaiter")
            return type.IsGenericType ? Generic(type.DeclaringType!.Name, type) : type.DeclaringType!.Name;
        return type.IsGenericType ? Generic(type.Name, type) : type.Name;
    }

    private static string Generic(string name, Type type)
    {
        var end = name.IndexOf('`');
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Of));
        return $"{(end < 0 ? name : name[..end])}<{arguments}>";
    }
}
