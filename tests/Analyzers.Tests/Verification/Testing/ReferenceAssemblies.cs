using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The assemblies of a target framework, found among the packages that restore downloaded.</summary>
public sealed class ReferenceAssemblies
{
    private static readonly ConcurrentDictionary<string, MetadataReference> References = new();

    private static readonly ImmutableArray<string> Roots =
    [
        .. typeof(ReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key is "NuGetPackageRoot" or "Packs")
            .Select(metadata => metadata.Value!),
    ];

    private readonly Lazy<ImmutableArray<MetadataReference>> _resolved;

    public ReferenceAssemblies(string targetFramework)
        : this(targetFramework, null, "")
    {
    }

    public ReferenceAssemblies(
        string targetFramework,
        PackageIdentity? referenceAssemblyPackage,
        string referenceAssemblyPath)
        : this(targetFramework, referenceAssemblyPackage, referenceAssemblyPath, [], [])
    {
    }

    private ReferenceAssemblies(
        string targetFramework,
        PackageIdentity? referenceAssemblyPackage,
        string referenceAssemblyPath,
        ImmutableArray<string> assemblies,
        ImmutableArray<PackageIdentity> packages)
    {
        TargetFramework = targetFramework;
        ReferenceAssemblyPackage = referenceAssemblyPackage;
        ReferenceAssemblyPath = referenceAssemblyPath;
        Assemblies = assemblies;
        Packages = packages;
        _resolved = new Lazy<ImmutableArray<MetadataReference>>(Resolve);
    }

    public static ReferenceAssemblies Default => Net.Net80;

    public string TargetFramework { get; }

    public PackageIdentity? ReferenceAssemblyPackage { get; }

    public string ReferenceAssemblyPath { get; }

    public ImmutableArray<string> Assemblies { get; }

    public ImmutableArray<PackageIdentity> Packages { get; }

    public AssemblyIdentityComparer AssemblyIdentityComparer { get; private init; } = AssemblyIdentityComparer.Default;

    public ReferenceAssemblies WithAssemblies(ImmutableArray<string> assemblies) => With(assemblies, Packages);

    public ReferenceAssemblies AddAssemblies(ImmutableArray<string> assemblies) =>
        WithAssemblies(Assemblies.AddRange(assemblies));

    public ReferenceAssemblies WithPackages(ImmutableArray<PackageIdentity> packages) => With(Assemblies, packages);

    public ReferenceAssemblies AddPackages(ImmutableArray<PackageIdentity> packages) =>
        WithPackages(Packages.AddRange(packages));

    public ReferenceAssemblies WithAssemblyIdentityComparer(AssemblyIdentityComparer assemblyIdentityComparer) =>
        new(TargetFramework, ReferenceAssemblyPackage, ReferenceAssemblyPath, Assemblies, Packages)
        {
            AssemblyIdentityComparer = assemblyIdentityComparer,
        };

    public Task<ImmutableArray<MetadataReference>> ResolveAsync(
        string? language,
        CancellationToken cancellationToken) =>
        Task.FromResult(Resolved);

    internal ImmutableArray<MetadataReference> Resolved => _resolved.Value;

    internal static MetadataReference ReferenceTo(string path) =>
        References.GetOrAdd(path, static path => MetadataReference.CreateFromFile(path));

    private ReferenceAssemblies With(ImmutableArray<string> assemblies, ImmutableArray<PackageIdentity> packages) =>
        new(TargetFramework, ReferenceAssemblyPackage, ReferenceAssemblyPath, assemblies, packages)
        {
            AssemblyIdentityComparer = AssemblyIdentityComparer,
        };

    private ImmutableArray<MetadataReference> Resolve()
    {
        var framework = ReferenceAssemblyPackage is null
            ? []
            : Directory.EnumerateFiles(FolderOf(ReferenceAssemblyPackage, [ReferenceAssemblyPath]), "*.dll");
        var chosen = Assemblies.IsEmpty
            ? framework
            : framework.Where(path => Assemblies.Contains(Path.GetFileNameWithoutExtension(path)));
        var packaged = Packages.SelectMany(
            package => Directory.EnumerateFiles(FolderOf(package, CompatibleFolders()), "*.dll"));
        return [.. chosen.Concat(packaged).Order(StringComparer.Ordinal).Select(ReferenceTo)];
    }

    private IEnumerable<string> CompatibleFolders() =>
        from framework in TargetFramework.StartsWith("net4", StringComparison.Ordinal)
            ? [TargetFramework, "net462", "net461", "netstandard2.0"]
            : new[] { TargetFramework, "net8.0", "net6.0", "netstandard2.1", "netstandard2.0" }
        from kind in new[] { "ref", "lib" }
        select Path.Combine(kind, framework);

    private static string FolderOf(PackageIdentity package, IEnumerable<string> paths)
    {
        // The exact version first; else the newest one that holds the folder, since restore may have chosen another.
        var versions =
            from root in Roots
            from name in new[] { package.Id.ToLowerInvariant(), package.Id }
            let folder = new DirectoryInfo(Path.Combine(root, name))
            where folder.Exists
            from version in folder.EnumerateDirectories()
            orderby version.Name == package.Version descending, ParsedVersion(version.Name) descending
            select version.FullName;
        var folders =
            from version in versions
            from path in paths
            let folder = Path.Combine(version, path)
            where Directory.Exists(folder)
            select folder;
        return folders.FirstOrDefault() ?? throw new InvalidOperationException(
            $"'{package.Id}' {package.Version} with {string.Join(" or ", paths)} is not among the restored packages; "
            + "add a PackageDownload for it to the test project.");
    }

    private static Version ParsedVersion(string name) =>
        Version.TryParse(name.Split('-')[0], out var version) ? version : new Version();

    /// <summary>.NET 5 and later.</summary>
    public static class Net
    {
        public static ReferenceAssemblies Net80 { get; } = Pack("net8.0", "8.0.0");

        public static ReferenceAssemblies Net90 { get; } = Pack("net9.0", "9.0.0");

        public static ReferenceAssemblies Net100 { get; } = Pack("net10.0", "10.0.0");

        private static ReferenceAssemblies Pack(string framework, string version) =>
            new(framework, new PackageIdentity("Microsoft.NETCore.App.Ref", version), Path.Combine("ref", framework));
    }

    /// <summary>.NET Standard.</summary>
    public static class NetStandard
    {
        public static ReferenceAssemblies NetStandard20 { get; } = new(
            "netstandard2.0",
            new PackageIdentity("NETStandard.Library", "2.0.3"),
            Path.Combine("build", "netstandard2.0", "ref"));
    }

    /// <summary>.NET Framework.</summary>
    public static class NetFramework
    {
        /// <summary>.NET Framework 4.7.2.</summary>
        public static class Net472
        {
            public static ReferenceAssemblies Default { get; } =
                new ReferenceAssemblies(
                    "net472",
                    new PackageIdentity("Microsoft.NETFramework.ReferenceAssemblies.net472", "1.0.3"),
                    Path.Combine("build", ".NETFramework", "v4.7.2"))
                .WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default)
                .AddAssemblies(
                [
                    "Microsoft.CSharp", "mscorlib", "System", "System.Core", "System.Data",
                    "System.Data.DataSetExtensions", "System.Net.Http", "System.Xml", "System.Xml.Linq",
                ]);
        }
    }
}
