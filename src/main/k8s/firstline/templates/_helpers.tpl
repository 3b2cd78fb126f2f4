{{/* The release's name where it can begin the name of a pod that ends in -injectors-999, of 63 letters at most, and of
     a Service, which begins with a letter and has no dots; else as much of it as can, and a hash, since two releases
     that only begin alike are two. */}}
{{- define "firstline.name" -}}
{{- if regexMatch "^[a-z][a-z0-9-]{0,39}$" .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "run-%s-%s" (.Release.Name | replace "." "-" | trunc 26 | trimSuffix "-") (.Release.Name | sha256sum | trunc 8) -}}
{{- end -}}
{{- end -}}

{{- define "firstline.injectors" -}}
{{ include "firstline.name" . }}-injectors
{{- end -}}

{{- define "firstline.report" -}}
{{ include "firstline.name" . }}-report
{{- end -}}

{{/* Decided once: a second template may be rendered a second later. */}}
{{- define "firstline.run" -}}
{{- if not .Values.run.name -}}
{{- $_ := set .Values.run "name" (printf "%s-%s" (include "firstline.name" .) (dateInZone "20060102-150405" now "UTC")) -}}
{{- end -}}
{{- .Values.run.name -}}
{{- end -}}

{{/* (list $ "injector"): what tells the pods of this run and this part from all others. */}}
{{- define "firstline.selector" -}}
app.kubernetes.io/name: firstline
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 | quote }}
firstline.dev/run: {{ include "firstline.run" (index . 0) | quote }}
{{- end -}}

{{- define "firstline.labels" -}}
app.kubernetes.io/name: firstline
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "firstline.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}

{{/* A duration as the command line takes it, in whole seconds. */}}
{{- define "firstline.seconds" -}}
{{- $amount := regexFind "^[0-9]+" . | int64 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- if eq $unit "ms" -}}{{ div (add $amount 999) 1000 }}
{{- else if eq $unit "s" -}}{{ $amount }}
{{- else if eq $unit "m" -}}{{ mul $amount 60 }}
{{- else -}}{{ mul $amount 3600 }}
{{- end -}}
{{- end -}}

{{/* After how many seconds the injectors are ended: 900 are for what comes before and after the load. */}}
{{- define "firstline.deadline" -}}
{{- with .Values.time.activeDeadlineSeconds -}}
{{ int64 . }}
{{- else -}}
{{ add (include "firstline.seconds" .Values.run.duration) (include "firstline.seconds" .Values.run.barrierWait) 900 }}
{{- end -}}
{{- end -}}

{{/* How long the report waits for injectors: until the last of them must have ended and left its files. */}}
{{- define "firstline.wait" -}}
{{ add (include "firstline.deadline" .) (int64 .Values.time.terminationGracePeriodSeconds) 60 }}
{{- end -}}

{{/* Who runs: what is null is left to the cluster. */}}
{{- define "firstline.user" -}}
{{- range $who := list "runAsUser" "runAsGroup" "fsGroup" }}
{{- $id := index $.Values.pod $who }}
{{- if not (kindIs "invalid" $id) }}
{{ $who }}: {{ int64 $id }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "firstline.pod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ int64 .Values.time.terminationGracePeriodSeconds }}
securityContext:
  runAsNonRoot: true
  {{- include "firstline.user" . | nindent 2 }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.pod.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "firstline.podMetadata" -}}
{{- $root := index . 0 -}}
labels:
  {{- include "firstline.selector" . | nindent 2 }}
  {{- with $root.Values.pod.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  # Several containers, one of which is meant: `kubectl logs` needs no -c.
  kubectl.kubernetes.io/default-container: {{ index . 1 | quote }}
  {{- with $root.Values.pod.annotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "firstline.container" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* (dict "cpu" 2 "memory" "2Gi" "cpuLimit" false) */}}
{{- define "firstline.resources" -}}
requests:
  cpu: {{ .cpu | toString | quote }}
  memory: {{ .memory | quote }}
limits:
  {{- if .cpuLimit }}
  cpu: {{ .cpu | toString | quote }}
  {{- end }}
  memory: {{ .memory | quote }}
{{- end -}}

{{/* (list "injector" "stub"): a /tmp for each container, since Java keeps a file there by its process id, which is 1 in
     each of them. */}}
{{- define "firstline.tmps" -}}
{{- range . }}
- name: tmp-{{ . }}
  emptyDir: {}
{{- end }}
{{- end -}}

{{/* The volumes that both jobs have. */}}
{{- define "firstline.volumes" -}}
- name: settings
  configMap:
    name: {{ printf "%s-settings" (include "firstline.name" .) | quote }}
- name: results
  {{- if eq .Values.results.kind "claim" }}
  persistentVolumeClaim:
    claimName: {{ include "firstline.claim" . | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ .Values.results.s3.scratch | quote }}
  {{- end }}
{{- with .Values.contracts.configMap }}
- name: contracts
  configMap:
    name: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "firstline.claim" -}}
{{- .Values.results.claim.existing | default (printf "%s-results" (include "firstline.name" .)) -}}
{{- end -}}

{{/* A container that speaks to the object store: (dict "root" $ "name" … "args" (list …) "beside" true "indexed" true).
     Beside another one it waits until that has ended, and then has the pod's grace period. */}}
{{- define "firstline.store" -}}
{{- $s3 := .root.Values.results.s3 -}}
- name: {{ .name }}
  image: {{ $s3.image | quote }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  {{- if .beside }}
  restartPolicy: Always
  {{- end }}
  command: [/bin/sh, /etc/firstline/store.sh]
  args: {{- toYaml .args | nindent 4 }}
  env:
    {{- if .indexed }}
    - name: FIRSTLINE_INJECTOR
      valueFrom:
        fieldRef:
          fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']
    {{- end }}
    - name: FOLDER
      value: {{ printf "store:%s" (list $s3.bucket $s3.prefix (include "firstline.run" .root) | compact | join "/") | quote }}
    - name: HOME
      value: /tmp
    - name: RCLONE_CONFIG
      value: /tmp/rclone.conf
    # Not that it has no such file: the store is told below.
    - name: RCLONE_LOG_LEVEL
      value: ERROR
    - name: RCLONE_CONFIG_STORE_TYPE
      value: s3
    - name: RCLONE_CONFIG_STORE_PROVIDER
      value: {{ $s3.provider | quote }}
    - name: RCLONE_CONFIG_STORE_ENDPOINT
      value: {{ $s3.endpoint | quote }}
    - name: RCLONE_CONFIG_STORE_REGION
      value: {{ $s3.region | quote }}
    # Who may write below a prefix may seldom list or make buckets.
    - name: RCLONE_CONFIG_STORE_NO_CHECK_BUCKET
      value: "true"
    - name: RCLONE_CONFIG_STORE_ACCESS_KEY_ID
      valueFrom:
        secretKeyRef:
          name: {{ $s3.secret | quote }}
          key: access-key-id
    - name: RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY
      valueFrom:
        secretKeyRef:
          name: {{ $s3.secret | quote }}
          key: secret-access-key
  resources:
    requests:
      cpu: 50m
      memory: 256Mi
    limits:
      memory: 256Mi
  securityContext: {{- include "firstline.container" . | nindent 4 }}
  volumeMounts:
    - name: tmp-{{ .name }}
      mountPath: /tmp
    - name: results
      mountPath: /results
    - name: settings
      mountPath: /etc/firstline
      readOnly: true
{{- end -}}

{{/* What a schema cannot say, since it is about two values. */}}
{{- define "firstline.check" -}}
{{- if .Release.IsUpgrade -}}
{{- fail "a release is one run, and a run cannot be changed: helm uninstall it, and install again" -}}
{{- end -}}
{{- with .Values.target.name -}}
{{- $target := index $.Values.targets . -}}
{{- if not $target -}}
{{- fail (printf "target.name: expected a name below targets, saw %s: try one of [%s], or add it" . (keys $.Values.targets | sortAlpha | join ", ")) -}}
{{- end -}}
{{- if eq $target.baseUrl "embedded" -}}
{{- fail (printf "target.name: expected a target with an address, saw %s, which each run starts for itself: leave target.name empty for a stub beside each injector" .) -}}
{{- end -}}
{{- if and $target.apiKeyEnv (not $.Values.target.apiKey.secret) -}}
{{- fail (printf "target.apiKey.secret: expected the name of the secret that holds the key of %s, saw none: kubectl create secret generic NAME --from-file=%s=FILE" . $.Values.target.apiKey.key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
